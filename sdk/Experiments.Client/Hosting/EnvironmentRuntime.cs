using Experiments.Client.Decisions;
using Experiments.Client.Diagnostics;
using Experiments.Client.Snapshots;
using Experiments.Client.Sources;
using Microsoft.Extensions.Logging;

namespace Experiments.Client.Hosting;

/// <summary>Everything that lives as long as one environment is decided for: its snapshot, its decider and its poller.</summary>
internal sealed class EnvironmentRuntime
{
    private readonly SnapshotHolder _snapshots = new();
    private readonly PollSchedule _schedule;

    public EnvironmentRuntime(
        string environment, ISnapshotSource source, ExperimentsOptions options, TimeProvider time, ILogger logger, PollMetrics? metrics = null)
    {
        LastGoodFile? lastGood = options.LastGoodDirectory is { } directory
            ? new LastGoodFile(directory, source.Location, environment, logger)
            : null;
        Surroundings = new DecisionSurroundings(time);
        Decider = new FeatureDecider(environment, _snapshots, Surroundings);
        Poller = new SnapshotPoller(environment, source, _snapshots, lastGood, time, logger) { Metrics = metrics };
        _schedule = new PollSchedule(options.PollInterval, Random.Shared);
    }

    public FeatureDecider Decider { get; }

    public DecisionSurroundings Surroundings { get; }

    public SnapshotPoller Poller { get; }

    public CompiledSnapshot? Snapshot => _snapshots.Current;

    public Task RunAsync(CancellationToken cancellationToken) => Poller.RunAsync(_schedule, cancellationToken);
}
