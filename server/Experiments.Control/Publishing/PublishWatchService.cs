using Experiments.Control.Definitions;
using Experiments.Control.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Experiments.Control.Publishing;

/// <summary>Hears of what other servers publish that use the same store, and tells those who want to know.</summary>
internal sealed partial class PublishWatchService(
    IDefinitionStore definitions, IEnumerable<IPublishObserver> observers, TimeProvider time, ILogger<PublishWatchService> logger) : BackgroundService
{
    // Until then readers find it at their next poll.
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await definitions.WatchPublishesAsync(environmentId => TellAsync(environmentId, stoppingToken), stoppingToken);
            }
#pragma warning disable CA1031 // The store may be gone for a while.
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                LogLost(logger, exception.Message);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Task.Delay(RetryAfter, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task TellAsync(Guid environmentId, CancellationToken cancellationToken)
    {
        if (await definitions.ReadAsync(reader => reader.FindEnvironmentAsync(environmentId), cancellationToken) is EnvironmentDefinition environment)
        {
            foreach (IPublishObserver observer in observers)
            {
                await observer.OnPublishedAsync(environment.Name, cancellationToken);
            }
        }
    }

    [LoggerMessage(2008, LogLevel.Warning, "Publishes of other servers are not heard of for a moment: {Error}")]
    private static partial void LogLost(ILogger logger, string error);
}
