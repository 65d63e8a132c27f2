using Microsoft.Extensions.Logging;

namespace Experiments.Control.Publishing;

/// <summary>All who want to know at once that something was published, by this server or another one.</summary>
internal sealed partial class PublishObservers(IEnumerable<IPublishObserver> observers, TimeProvider time, ILogger<PublishObservers> logger)
{
    /// <summary>How long they may take: whatever happens to them, they find what was published at their next poll.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private readonly IPublishObserver[] _observers = [.. observers];

    /// <summary>Tells each of them, side by side. Never fails.</summary>
    public async Task TellAsync(string environment)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        await Task.WhenAll(_observers.Select(observer => TellAsync(observer, environment, limit.Token)));
    }

    private async Task TellAsync(IPublishObserver observer, string environment, CancellationToken cancellationToken)
    {
        try
        {
            await observer.OnPublishedAsync(environment, cancellationToken);
        }
#pragma warning disable CA1031 // It is published all the same.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogFailed(logger, environment, exception);
        }
    }

    [LoggerMessage(2004, LogLevel.Warning, "Environment {Environment}: an observer of its publishes failed")]
    private static partial void LogFailed(ILogger logger, string environment, Exception exception);
}
