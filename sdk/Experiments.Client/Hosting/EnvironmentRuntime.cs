using Experiments.Client.Decisions;
using Experiments.Client.Diagnostics;
using Experiments.Client.Snapshots;
using Experiments.Client.Snapshots.Loading;
using Experiments.Client.Sources;
using Microsoft.Extensions.Logging;

namespace Experiments.Client.Hosting;

/// <summary>Everything that lives as long as one environment is decided for: its snapshot, its decider and its poller.</summary>
internal sealed partial class EnvironmentRuntime : IDisposable
{
    private readonly string _environment;
    private readonly ExperimentsOptions _options;
    private readonly SnapshotHolder _snapshots;
    private readonly PollSchedule _schedule;
    private readonly HttpClient? _eventsHttp;
    private readonly PublishListener? _events;
    private readonly ClientMetrics? _metrics;
    private readonly ILogger _logger;

    public EnvironmentRuntime(
        string environment,
        ISnapshotSource source,
        ExperimentsOptions options,
        TimeProvider time,
        ILogger logger,
        ClientMetrics? metrics = null,
        IStickyStore? stickyStore = null,
        Action<CompiledSnapshot>? swapping = null)
    {
        _environment = environment;
        _options = options;
        _metrics = metrics;
        _logger = logger;
        LastGoodFile? lastGood = options.LastGoodDirectory is { } directory
            ? new LastGoodFile(directory, source.Location, environment, time, logger)
            : null;
        var listeners = new ChangeListeners(environment, logger);
        _snapshots = new SnapshotHolder(options.Overrides.Count == 0 ? null : new Dictionary<string, string?>(options.Overrides, StringComparer.Ordinal))
        {
            Swapping = swapping,
            Swapped = listeners.Notify,
        };
        Surroundings = new DecisionSurroundings(time, stickyStore);
        Decider = new FeatureDecider(environment, _snapshots, Surroundings, listeners, metrics) { ReadStatus = ReadStatus };
        Poller = new SnapshotPoller(environment, source, _snapshots, lastGood, time, logger) { Metrics = metrics };
        _schedule = new PollSchedule(options.PollInterval, Random.Shared);
        if (options.PushUrl is { } push)
        {
            _eventsHttp = PublishListener.CreateClient();
            _events = new PublishListener(environment, push, _eventsHttp, Poller.PollAsync, time, Random.Shared, logger);
        }

        metrics?.Add(Decider);
    }

    public FeatureDecider Decider { get; }

    public DecisionSurroundings Surroundings { get; }

    public SnapshotPoller Poller { get; }

    public CompiledSnapshot? Snapshot => _snapshots.Current;

    /// <summary>What is there without asking the source: the last-good file, else the embedded snapshot.</summary>
    public void LoadLocal()
    {
        Poller.LoadLastGood();
        if (_snapshots.Current is null && _options.Bootstrap is { } open)
        {
            LoadBootstrap(open);
        }
    }

    /// <summary>Polls and, where the options name who tells of publishes, listens, both from the start: a first publish too is heard at once.
    /// </summary>
    public Task RunAsync(CancellationToken cancellationToken) => _events is null
        ? Poller.RunAsync(_schedule, cancellationToken)
        : Task.WhenAll(Poller.RunAsync(_schedule, cancellationToken), _events.RunAsync(cancellationToken));

    public void Dispose()
    {
        _metrics?.Remove(Decider);
        _eventsHttp?.Dispose();
    }

    private DeciderStatus ReadStatus()
    {
        CompiledSnapshot? snapshot = _snapshots.Current;
        TimeSpan? age = Poller.Age;
        return new DeciderStatus
        {
            Readiness = snapshot is null ? DeciderReadiness.NotReady
                : age is null || age > _options.StaleAge ? DeciderReadiness.Stale
                : DeciderReadiness.Ready,
            SnapshotVersion = snapshot?.Version ?? 0,
            Age = age,
            LastError = Poller.Problem,
        };
    }

    private void LoadBootstrap(Func<Stream?> open)
    {
        try
        {
            using Stream? stream = open();
            if (stream is null)
            {
                LogBootstrapRejected(_logger, _environment, "there is none");
                return;
            }

            using var content = new MemoryStream();
            stream.CopyTo(content);
            SnapshotLoad load = SnapshotReader.Read(content.GetBuffer().AsMemory(0, (int)content.Length), _environment, version: null);
            if (load.IsAccepted)
            {
                _snapshots.Swap(load.Snapshot with { IsBootstrap = true });
                LogBootstrapLoaded(_logger, _environment, load.Snapshot.Version);
            }
            else
            {
                LogBootstrapRejected(_logger, _environment, string.Join("; ", load.Faults));
            }
        }
#pragma warning disable CA1031 // The caller's function may throw anything; the source goes on.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogBootstrapRejected(_logger, _environment, exception.Message);
        }
    }

    [LoggerMessage(1008, LogLevel.Information, "Environment {Environment}: loaded embedded snapshot version {Version}")]
    private static partial void LogBootstrapLoaded(ILogger logger, string environment, long version);

    [LoggerMessage(1009, LogLevel.Error, "Environment {Environment}: the embedded snapshot is not usable: {Faults}")]
    private static partial void LogBootstrapRejected(ILogger logger, string environment, string faults);
}
