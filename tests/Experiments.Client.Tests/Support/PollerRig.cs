using Experiments.Client.Diagnostics;
using Experiments.Client.Snapshots;
using Experiments.Client.Sources;
using Microsoft.Extensions.Logging.Testing;

namespace Experiments.Client.Tests;

/// <summary>A poller on a store in memory, with a clock that tests turn and a log that they read.</summary>
internal sealed class PollerRig
{
    public PollerRig(LastGoodFile? lastGood = null, ClientMetrics? metrics = null) => Poller = new SnapshotPoller(
        SnapshotJson.Environment, Source, Holder, lastGood, Time, Logger) { Metrics = metrics };

    public MemorySource Source { get; } = new();

    public SnapshotHolder Holder { get; } = new();

    public RecordingTimeProvider Time { get; } = new();

    public FakeLogger Logger { get; } = new();

    public SnapshotPoller Poller { get; }

    public long Version => Holder.Current?.Version ?? 0;

    /// <summary>Messages of warnings so far.</summary>
    public IReadOnlyList<string> Warnings => [.. Logger.Collector.GetSnapshot()
        .Where(record => record.Level == Microsoft.Extensions.Logging.LogLevel.Warning).Select(record => record.Message)];

    public Task<PollResult> PollAsync() => Poller.PollAsync(CancellationToken.None);

    public async Task AssertPollAsync(PollResult expected, long version)
    {
        Assert.Equal(expected, await PollAsync());
        Assert.Equal(expected, Poller.LastResult);
        Assert.Equal(version, Version);
    }
}
