using Experiments.Control.Definitions;
using Experiments.Control.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Experiments.Control.Publishing;

/// <summary>Hears of what other servers publish that use the same store, and tells those who want to know.</summary>
internal sealed partial class PublishWatchService(
    IDefinitionStore definitions, PublishObservers observers, TimeProvider time, ILogger<PublishWatchService> logger) : BackgroundService
{
    private const int MaxAtOnce = 8;

    // Until then readers find it at their next poll.
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly LastProblem _problem = new(time);
    private readonly SemaphoreSlim _atOnce = new(MaxAtOnce);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await definitions.WatchPublishesAsync(environmentId => _ = TellAsync(environmentId, stoppingToken), stoppingToken);
            }
#pragma warning disable CA1031 // The store may be gone for a while.
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                if (_problem.IsNews(exception.Message))
                {
                    LogLost(logger, exception.Message);
                }
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Task.Delay(RetryAfter, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // Each by itself: what takes long, or fails, for one environment does not keep those of another waiting.
    private async Task TellAsync(Guid environmentId, CancellationToken cancellationToken)
    {
        try
        {
            await _atOnce.WaitAsync(cancellationToken);
            try
            {
                if (await definitions.ReadAsync(reader => reader.FindEnvironmentAsync(environmentId), cancellationToken) is EnvironmentDefinition environment)
                {
                    await observers.TellAsync(environment.Name);
                }
            }
            finally
            {
                _atOnce.Release();
            }
        }
#pragma warning disable CA1031 // The store may be gone for a while.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            if (!cancellationToken.IsCancellationRequested)
            {
                LogLost(logger, exception.Message);
            }
        }
    }

    [LoggerMessage(2008, LogLevel.Warning, "Publishes of other servers are not heard of for a moment: {Error}")]
    private static partial void LogLost(ILogger logger, string error);
}
