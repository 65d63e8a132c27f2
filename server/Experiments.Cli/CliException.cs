namespace Experiments.Cli;

/// <summary>Ends the command with a message for people and an exit code.</summary>
internal sealed class CliException(int exitCode, string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>One of <see cref="Cli.ExitCode"/>.</summary>
    public int ExitCode { get; } = exitCode;

    /// <summary>Whether the server refused because what was to be changed is not as it was.</summary>
    public bool IsStale { get; init; }

    public static CliException Usage(string message) => new(Cli.ExitCode.Usage, message);

    public static CliException Refused(string message) => new(Cli.ExitCode.Refused, message);
}
