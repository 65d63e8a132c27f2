using System.CommandLine;
using Experiments.Cli.Api;

namespace Experiments.Cli.Commands;

/// <summary><c>experiments export</c>.</summary>
internal static class ExportCommand
{
    private const string Json = "json";
    private const string Yaml = "yaml";

    public static Command Create(CommandHost host)
    {
        var format = new Option<string?>("--format")
        {
            Description = "yaml or json; by the name of --output if left out, else yaml",
            HelpName = "yaml|json",
        };
        format.AcceptOnlyFromAmong(Yaml, Json);
        var output = new Option<string?>("--output", "-o") { Description = "Where to write; standard output if left out", HelpName = "FILE" };
        return host.With(
            new Command("export", "Writes an environment as a file that apply takes") { format, output },
            async context =>
            {
                string? path = context.Value(output);
                string kind = context.Value(format) ?? (context.Json || IsJson(path) ? Json : Yaml);
                string environmentId = await context.FindEnvironmentIdAsync();
                Query query = new Query($"environments/{Uri.EscapeDataString(environmentId)}/export").With("format", kind);
                byte[] bytes = await context.Api.DownloadAsync(query, kind, context.Cancellation);
                await WriteAsync(context, path, bytes);
                return ExitCode.Fine;
            });
    }

    private static bool IsJson(string? path) => path?.EndsWith(".json", StringComparison.OrdinalIgnoreCase) == true;

    private static async Task WriteAsync(CommandContext context, string? path, byte[] bytes)
    {
        if (path is null or "-")
        {
            context.Terminal.WriteFile(bytes);
            return;
        }

        try
        {
            await File.WriteAllBytesAsync(path, bytes, context.Cancellation);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new CliException(ExitCode.Usage, $"cannot write \"{path}\": {exception.Message}", exception);
        }
    }
}
