namespace Experiments.Cli;

/// <summary>What a command ends with. Scripts rely on these numbers; <c>--help</c> and docs/cli.md list them.</summary>
internal static class ExitCode
{
    public const int Fine = 0;

    /// <summary>Refused by the server, or not found; also what <c>diff --exit-code</c> ends with where there are differences.</summary>
    public const int Refused = 1;

    /// <summary>Wrong usage: arguments, files, JSON.</summary>
    public const int Usage = 2;

    /// <summary>No server, or something else, answers there.</summary>
    public const int Unreachable = 3;

    /// <summary>What was to be changed has been changed by someone else, or is taken.</summary>
    public const int Conflict = 4;

    /// <summary>Ctrl+C: 128 and the number of SIGINT, as shells have it.</summary>
    public const int Interrupted = 130;
}
