using System.Collections.Concurrent;
using Experiments.Control.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Experiments.Control.Publishing;

/// <summary>
/// Publishes what was stored and is not published: after a failed attempt, and after a restart. What is missing is read from the
/// store, not from memory, so no crash forgets it. Of several servers on one store, one does this.
/// </summary>
internal sealed partial class PublishRetryService(
    IDefinitionStore definitions, SnapshotPublisher publisher, TimeProvider time, ILogger<PublishRetryService> logger) : BackgroundService
{
    // One that hangs must not keep the others waiting.
    private const int MaxAttemptsAtOnce = 8;

    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxBackOff = TimeSpan.FromSeconds(15);

    private readonly LastProblem _problem = new(time);
    private readonly ConcurrentDictionary<Guid, (int Failures, DateTimeOffset NextAttempt)> _failed = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookInterval, time);
        do
        {
            try
            {
                await PublishMissingAsync(stoppingToken);
                _problem.Clear();
            }
#pragma warning disable CA1031 // Nothing may end this loop: without it a failed publish would stay unpublished.
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                if (_problem.IsNews(exception.Message))
                {
                    LogLoopFailed(logger, exception);
                }
            }
        }
        while (await WaitAsync(timer, stoppingToken));
    }

    private async Task PublishMissingAsync(CancellationToken stoppingToken)
    {
        bool leads = await definitions.LeadsAsync(stoppingToken);
        KeyValuePair<Guid, PublishFailure>[] failures = [.. publisher.Failures];
        if (!leads)
        {
            _failed.Clear();
            if (failures.Length == 0)
            {
                return;
            }
        }

        IReadOnlyList<PublishState> missing = await definitions.ReadAsync(static reader => reader.GetUnpublishedAsync(), stoppingToken);
        ForgetPublished(failures, missing);
        if (!leads)
        {
            return;
        }

        ForgetAllBut(missing);
        await Parallel.ForEachAsync(
            missing.Where(IsDue),
            new ParallelOptions { MaxDegreeOfParallelism = MaxAttemptsAtOnce, CancellationToken = stoppingToken },
            PublishAsync);
    }

    // What failed here may have been published by another server.
    private void ForgetPublished(IEnumerable<KeyValuePair<Guid, PublishFailure>> failures, IReadOnlyList<PublishState> missing)
    {
        HashSet<Guid> waiting = [.. missing.Select(static state => state.EnvironmentId)];
        foreach (KeyValuePair<Guid, PublishFailure> failure in failures.Where(failure => !waiting.Contains(failure.Key)))
        {
            publisher.Forget(failure);
        }
    }

    private bool IsDue(PublishState state) =>
        !_failed.TryGetValue(state.EnvironmentId, out (int Failures, DateTimeOffset NextAttempt) failed) || failed.NextAttempt <= time.GetUtcNow();

    // Also what somebody else has published meanwhile: its next failure is a first one again.
    private void ForgetAllBut(IReadOnlyList<PublishState> missing)
    {
        foreach (Guid published in _failed.Keys.Except(missing.Select(static state => state.EnvironmentId)).ToArray())
        {
            _failed.TryRemove(published, out _);
        }
    }

    private async ValueTask PublishAsync(PublishState state, CancellationToken stoppingToken)
    {
        // Again before each: those before it may have taken long, and another server leads by now.
        if (!await definitions.LeadsAsync(stoppingToken))
        {
            return;
        }

        PublishOutcome outcome = await publisher.PublishAsync(state);
        if (outcome.IsSuccess)
        {
            _failed.TryRemove(state.EnvironmentId, out _);
            return;
        }

        int failures = _failed.GetValueOrDefault(state.EnvironmentId).Failures;
        TimeSpan backOff = TimeSpan.FromSeconds(Math.Min(MaxBackOff.TotalSeconds, Math.Pow(2, Math.Min(failures, 10))));
        _failed[state.EnvironmentId] = (failures + 1, time.GetUtcNow() + backOff);
    }

    private static async ValueTask<bool> WaitAsync(PeriodicTimer timer, CancellationToken stoppingToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    [LoggerMessage(2003, LogLevel.Error, "Looking for unpublished changes failed; it is tried again")]
    private static partial void LogLoopFailed(ILogger logger, Exception exception);
}
