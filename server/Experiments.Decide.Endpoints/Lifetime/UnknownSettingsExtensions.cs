using Experiments.Client.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace Experiments.Decide.Endpoints.Lifetime;

/// <summary>Says at the start which keys of the product's section nothing reads: a misspelt one would be ignored without a word.</summary>
internal static partial class UnknownSettingsExtensions
{
    /// <param name="app">Logs, and holds the configuration.</param>
    /// <param name="reader">That has read all settings of the program.</param>
    public static void WarnOfUnknownSettings(this WebApplication app, SettingsReader reader)
    {
        foreach (UnknownSetting unknown in reader.FindUnknown())
        {
            if (unknown.Nearest is { } nearest)
            {
                LogMisspelt(app.Logger, unknown.Key, nearest);
            }
            else
            {
                LogUnknown(app.Logger, unknown.Key);
            }
        }
    }

    [LoggerMessage(4003, LogLevel.Warning, "{Key} is no setting; did you mean {Nearest}?")]
    private static partial void LogMisspelt(ILogger logger, string key, string nearest);

    [LoggerMessage(4004, LogLevel.Warning, "{Key} is no setting; docs/configuration.md lists all")]
    private static partial void LogUnknown(ILogger logger, string key);
}
