using Microsoft.Extensions.Logging;

namespace Experiments.Client.Sources;

internal sealed partial class SnapshotPoller
{
    /// <summary>Event id of every problem: hosts that load names which anyone may make up filter it.</summary>
    internal const int ProblemEventId = 1002;

    [LoggerMessage(1001, LogLevel.Information, "Environment {Environment}: loaded snapshot version {Version} with {FlagCount} flags and experiments")]
    private static partial void LogLoaded(ILogger logger, string environment, long version, int flagCount);

    [LoggerMessage(ProblemEventId, LogLevel.Warning, "Environment {Environment} at {Location}: {Problem}")]
    private static partial void LogProblem(ILogger logger, string environment, string location, string problem);

    [LoggerMessage(1003, LogLevel.Information, "Environment {Environment}: the store answers well again")]
    private static partial void LogRecovered(ILogger logger, string environment);

    [LoggerMessage(1004, LogLevel.Information, "Environment {Environment}: loaded last good snapshot version {Version} from {Path}")]
    private static partial void LogLastGoodLoaded(ILogger logger, string environment, long version, string path);

    [LoggerMessage(1005, LogLevel.Warning, "Environment {Environment}: last good file {Path} is not usable: {Faults}")]
    private static partial void LogLastGoodRejected(ILogger logger, string environment, string path, string faults);
}
