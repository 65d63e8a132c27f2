using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Console;

namespace Experiments.Decide.Endpoints.Telemetry;

/// <summary>What the console shows is configured as .NET says (<c>Logging:Console</c>), in both programs alike.</summary>
internal static class ConsoleLogs
{
    private const string FormatterKey = "Logging:Console:FormatterName";

    public static void AddConsoleLogs(this WebApplicationBuilder builder)
    {
        // The slim host sets the simple format over what the configuration says.
        if (builder.Configuration[FormatterKey] is { Length: > 0 } formatter)
        {
            builder.Services.PostConfigure<ConsoleLoggerOptions>(options => options.FormatterName = formatter);
        }

        // The default format ends in a blank, which a line of text needs and the value of a JSON member must not have.
        builder.Services.PostConfigure<JsonConsoleFormatterOptions>(
            static options => options.TimestampFormat = options.TimestampFormat?.TrimEnd());
    }
}
