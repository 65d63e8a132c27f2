namespace Experiments.Cli;

/// <summary>Ends the command with a message for people and an exit code.</summary>
internal sealed class CliException(int exitCode, string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>One of <see cref="Cli.ExitCode"/>.</summary>
    public int ExitCode { get; } = exitCode;

    public static CliException Usage(string message) => new(Cli.ExitCode.Usage, message);

    public static CliException Refused(string message) => new(Cli.ExitCode.Refused, message);
}
