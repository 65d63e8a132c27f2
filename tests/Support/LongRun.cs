namespace Experiments.Tests.Support;

/// <summary>Whether this is <c>tests/run.sh --long</c>, which runs the full counts of the issues.</summary>
public static class LongRun
{
    /// <summary>True when the environment variable <c>EXPERIMENTS_TESTS_LONG</c> is <c>1</c>.</summary>
    public static bool Enabled { get; } =
        string.Equals(Environment.GetEnvironmentVariable("EXPERIMENTS_TESTS_LONG"), "1", StringComparison.Ordinal);

    /// <summary>How often to repeat something, for example <c>LongRun.Count(5, full: 50)</c>.</summary>
    public static int Count(int usual, int full) => Enabled ? full : usual;
}
