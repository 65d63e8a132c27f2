using Microsoft.Extensions.Logging;

namespace Experiments.Decide.Endpoints.Environments;

internal sealed partial class DecideEnvironments
{
    [LoggerMessage(4001, LogLevel.Warning, "Environment {Environment} could not be loaded from {Location}: {Problem}")]
    private static partial void LogNotLoaded(ILogger logger, string environment, string location, string problem);

    [LoggerMessage(4002, LogLevel.Warning, "Environment {Environment} was evicted: more than {MaxEnvironments} environments are asked for")]
    private static partial void LogEvicted(ILogger logger, string environment, int maxEnvironments);
}
