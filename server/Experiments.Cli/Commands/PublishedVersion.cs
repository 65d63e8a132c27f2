using Experiments.Cli.Api;
using Experiments.Cli.Output;

namespace Experiments.Cli.Commands;

/// <summary>The line that names the version of an answer.</summary>
internal static class PublishedVersion
{
    public static void Write(Terminal terminal, ApiAnswer answer)
    {
        if (answer.Json.Member("version") is not { } version)
        {
            return;
        }

        string end = answer.Json.IsTrue("dryRun") ? " (dry run)" : answer.Json.Text("publishedAt") is { } at ? $" published {at}" : "";
        terminal.WriteText($"version {version.Words()}{end}");
    }
}
