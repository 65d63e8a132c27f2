using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Experiments.Control.Publishing;

/// <summary>
/// Looks whether the snapshot store can be used, at the start and from time to time: a wrong bucket or credential is found when a server is set up, and
/// not when somebody's change is to go live. It writes no object; what else a publish may fail of is found by publishing.
/// </summary>
internal sealed partial class SnapshotStoreWatch(ISnapshotStore snapshots, TimeProvider time, ILogger<SnapshotStoreWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private volatile string? _problem;

    /// <summary>In words; null where the last look found none, and before the first one.</summary>
    public string? Problem => _problem;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            do
            {
                Report(await FindProblemAsync(stoppingToken));
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task<string?> FindProblemAsync(CancellationToken stoppingToken)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stoppingToken);
        try
        {
            // A directory that hangs does not hear of the limit.
            await Task.Run(() => snapshots.CheckAsync(either.Token), either.Token).WaitAsync(either.Token);
            return null;
        }
#pragma warning disable CA1031 // Whatever a store throws.
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return exception is OperationCanceledException ? $"no answer within {Limit.TotalSeconds:0} s" : exception.Message;
        }
    }

    private void Report(string? problem)
    {
        if (problem is not null && problem != _problem)
        {
            LogUnusable(logger, snapshots.Location, problem);
        }
        else if (problem is null && _problem is not null)
        {
            LogUsable(logger, snapshots.Location);
        }

        _problem = problem;
    }

    [LoggerMessage(2011, LogLevel.Warning, "The snapshot store {Location} cannot be used, so nothing can be published: {Problem}")]
    private static partial void LogUnusable(ILogger logger, string location, string problem);

    [LoggerMessage(2012, LogLevel.Information, "The snapshot store {Location} can be used again")]
    private static partial void LogUsable(ILogger logger, string location);
}
