using System.CommandLine;

namespace Experiments.Cli.Commands;

/// <summary>Options of commands that change much at once.</summary>
internal static class ChangeOptions
{
    public static Option<bool> Yes() => new("--yes", "-y") { Description = "Do not ask" };

    public static Option<bool> DryRun() => new("--dry-run") { Description = "Only show what would change" };

    public static Option<string?> Note() => new("--note") { Description = "What the version is about", HelpName = "TEXT" };
}
