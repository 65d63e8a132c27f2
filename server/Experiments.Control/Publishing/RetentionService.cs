using Experiments.Control.Definitions;
using Experiments.Control.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Experiments.Control.Publishing;

/// <summary>Applies the configured rule to every environment, at the start and every hour. Of several servers on one store, the one that leads does this, and the
/// next one within a minute of its first lead.</summary>
internal sealed partial class RetentionService(
    IDefinitionStore definitions, SnapshotRetention retention, RetentionRule rule, TimeProvider time, ILogger<RetentionService> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);
    private static readonly TimeSpan LookInterval = TimeSpan.FromMinutes(1);

    private long? _appliedAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!rule.IsLimited)
        {
            return;
        }

        using var timer = new PeriodicTimer(LookInterval, time);
        try
        {
            do
            {
                if (_appliedAt is not { } appliedAt || time.GetElapsedTime(appliedAt) >= Interval)
                {
                    await ApplyAsync(stoppingToken);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task ApplyAsync(CancellationToken stoppingToken)
    {
        try
        {
            if (!await definitions.LeadsAsync(stoppingToken))
            {
                return;
            }

            _appliedAt = time.GetTimestamp();
            foreach (EnvironmentDefinition environment in (await definitions.ReadAsync(static reader => reader.ListEnvironmentsAsync(PageRange.All), stoppingToken)).Items)
            {
                await ApplyAsync(environment, stoppingToken);
            }
        }
#pragma warning disable CA1031 // It is tried again in an hour; a server that only deletes too little goes on serving.
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogFailed(logger, "all environments", exception.Message);
        }
    }

    private async Task ApplyAsync(EnvironmentDefinition environment, CancellationToken stoppingToken)
    {
        try
        {
            RetentionOutcome outcome = await retention.ApplyAsync(environment, rule, long.MaxValue, isDryRun: false, stoppingToken);
            if (outcome.Expired.Count > 0)
            {
                LogDeleted(logger, environment.Name, outcome.Expired.Count, outcome.Expired[0].Version, outcome.Expired[^1].Version, outcome.KeptCount);
            }
        }
#pragma warning disable CA1031 // One that cannot be read must not keep the others.
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogFailed(logger, environment.Name, exception.Message);
        }
    }

    [LoggerMessage(2009, LogLevel.Information, "Deleted {Count} snapshots of {Environment}, versions {First} to {Last}; {Kept} are kept")]
    private static partial void LogDeleted(ILogger logger, string environment, int count, long first, long last, int kept);

    [LoggerMessage(2010, LogLevel.Warning, "Old snapshots of {Environment} could not be deleted, it is tried again in an hour: {Error}")]
    private static partial void LogFailed(ILogger logger, string environment, string error);
}
