using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Experiments.Client;
using Experiments.Client.Diagnostics;
using Experiments.Client.Snapshots;
using Experiments.Client.Sources;
using Microsoft.Extensions.Logging;

namespace Experiments.Decide.Endpoints.Environments;

/// <summary>
/// The environments that somebody asked for, and those that the settings name. Nobody has to list them: the first request for a name loads
/// it. One that is named or has a snapshot is kept and polled, any other name is forgotten soon, so made-up names cost neither memory nor
/// reads, and no connection to a control server. Thread-safe.
/// </summary>
internal sealed partial class DecideEnvironments : IAsyncDisposable
{
    private const int MaxReads = 64;
    private const int MaxLoads = 256;
    private const int MaxProblemLines = 20;
    private const int MaxProbeBytes = 64 * 1024;

    // Beside the folders of the environments, where nobody writes.
    private const string ProbeKey = "configs/version.json";

    private static readonly TimeSpan ProblemLinesWindow = TimeSpan.FromMinutes(1);

    // Whoever wants the environment asks again within it.
    private static readonly TimeSpan FailureLifetime = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, DecideEnvironment> _environments = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _loads = new(MaxLoads);
    private readonly Lock _changes = new();
    private readonly DecideSettings _settings;
    private readonly ExperimentsOptions _options;
    private readonly BoundedSource _source;
    private readonly PushStreams? _push;
    private readonly UnpublishedNames _unpublished;
    private readonly LoadFailures _failures;
    private readonly LogBudget _problemLines;
    private readonly ClientMetrics? _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger<DecideEnvironments> _logger;
    private int _keptCount;
    private bool _disposed;

    /// <param name="settings">How often to poll, and the bounds.</param>
    /// <param name="source">Where snapshots come from; disposed with this.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">For this and for the pollers.</param>
    /// <param name="metrics">Counts polls; null counts nothing.</param>
    /// <param name="maxPushStreams">How many environments may listen for publishes at once.</param>
    public DecideEnvironments(
        DecideSettings settings,
        ISnapshotSource source,
        TimeProvider time,
        ILogger<DecideEnvironments> logger,
        ClientMetrics? metrics = null,
        int maxPushStreams = PushStreams.MaxCount)
    {
        _settings = settings;

        // Without PushUrl: with it every environment would open a connection of its own, from the start.
        _options = new ExperimentsOptions { PollInterval = settings.PollInterval, LastGoodDirectory = settings.LastGoodDirectory };
        _push = settings.PushUrl is { } push ? new PushStreams(push, maxPushStreams, time, logger) : null;
        _source = new BoundedSource(source, MaxReads);
        _unpublished = new UnpublishedNames(settings.PollInterval, time);
        _failures = new LoadFailures(settings.PollInterval + FailureLifetime, time);
        _problemLines = new LogBudget(MaxProblemLines, ProblemLinesWindow, time);
        _metrics = metrics;
        _time = time;
        _logger = logger;
    }

    /// <summary>Those that have a snapshot, in no order.</summary>
    public IEnumerable<DecideEnvironment> Kept => _environments.Values.Where(static environment => environment.HasSnapshot);

    /// <summary>Why the last look at an environment failed or was refused, of those that are kept and of those that could not be loaded lately.
    /// </summary>
    public IReadOnlyDictionary<string, string> Problems
    {
        get
        {
            var problems = new SortedDictionary<string, string>(StringComparer.Ordinal);
            foreach ((string name, string problem) in _failures.Read())
            {
                problems[name] = problem;
            }

            foreach (DecideEnvironment environment in _environments.Values)
            {
                if ((environment.HasSnapshot || environment.IsNamed) && environment.Problem is { } problem)
                {
                    problems[environment.Name] = problem;
                }
            }

            return problems;
        }
    }

    /// <summary>All that is held, for tests of the bounds: environments with and without a snapshot, and remembered names.</summary>
    public (int Environments, int Unpublished) Counts => (_environments.Count, _unpublished.Count);

    /// <summary>Looks up an environment that has been loaded; the way of nearly every request.</summary>
    public bool TryFind(string name, [NotNullWhen(true)] out DecideEnvironment? environment)
    {
        if (!_environments.TryGetValue(name, out environment) || !environment.Loaded.IsCompleted || !environment.HasSnapshot)
        {
            return false;
        }

        environment.LastUsed = _time.GetTimestamp();
        return true;
    }

    /// <summary>Finds an environment, loads it where nobody has asked for it yet, and waits for its first load, at most
    /// <see cref="DecideEnvironment.LoadLimit"/>.</summary>
    /// <returns>Null where nothing is published under the name, or it cannot be loaded.</returns>
    public async ValueTask<DecideEnvironment?> FindAsync(string name, CancellationToken cancellationToken)
    {
        if (!_environments.TryGetValue(name, out DecideEnvironment? environment)
            && (!EnvironmentNames.IsValid(name) || _unpublished.Contains(name)))
        {
            return null;
        }

        // One limit for both waits.
        using var deadline = new CancellationTokenSource(DecideEnvironment.LoadLimit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            environment ??= await StartAsync(name, either.Token);
            await (environment?.Loaded ?? Task.CompletedTask).WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The limit: from here on the request takes what there is.
        }

        return environment is { HasSnapshot: true } ? environment : null;
    }

    /// <summary>An environment that is held, with a snapshot or without.</summary>
    public DecideEnvironment? FindHeld(string name) => _environments.GetValueOrDefault(name);

    /// <summary>Begins to load those that the settings name.</summary>
    public async Task StartNamedAsync(CancellationToken cancellationToken)
    {
        foreach (string name in _settings.Environments)
        {
            await StartAsync(name, cancellationToken);
        }
    }

    /// <summary>Loads what earlier runs have left on disk, so that a node that finds no store can decide all the same.</summary>
    public async Task LoadLastGoodAsync(CancellationToken cancellationToken)
    {
        foreach (string name in LastGoodNames.Read(_settings.LastGoodDirectory, _source.Location))
        {
            if (await StartAsync(name, cancellationToken) is { } environment)
            {
                await environment.LookedOnDisk.WaitAsync(cancellationToken);
            }
        }
    }

    /// <summary>Asks the store for an object that nobody writes. That it is not there, or may not be read, is an answer.</summary>
    /// <exception cref="Exception">Any, where the store cannot be read.</exception>
    public async Task ProbeAsync(CancellationToken cancellationToken) =>
        _ = await _source.ReadAsync(ProbeKey, etag: null, MaxProbeBytes, cancellationToken);

    /// <summary>Looks at the store at once for an environment that has just been published, and waits for the look. One that nobody has
    /// asked for is left to its first request.</summary>
    public async Task PollNowAsync(string name, CancellationToken cancellationToken)
    {
        _unpublished.Remove(name);
        if (_environments.TryGetValue(name, out DecideEnvironment? environment))
        {
            await environment.PollAsync(cancellationToken);

            // The first look of a load that was under way may have come too early and have made the name a remembered one.
            _unpublished.Remove(name);
        }
    }

    public async ValueTask DisposeAsync()
    {
        lock (_changes)
        {
            _disposed = true;
        }

        await Task.WhenAll(_environments.Values.Select(static environment => environment.DisposeAsync().AsTask()));
        _environments.Clear();
        _push?.Dispose();
        _source.Dispose();
    }

    private async Task<DecideEnvironment?> StartAsync(string name, CancellationToken cancellationToken)
    {
        // Waited for by the request and not by the load: what is waiting is then bounded by the connections there are.
        await _loads.WaitAsync(cancellationToken);
        DecideEnvironment? environment;
        lock (_changes)
        {
            // Another request may have been first, and may even be done.
            if (_environments.TryGetValue(name, out environment) || _disposed || _unpublished.Contains(name))
            {
                _loads.Release();
                return environment;
            }

            environment = new DecideEnvironment(name, _source, _options, _metrics, _time, _logger, IsNamed(name), _push);
            _environments[name] = environment;
        }

        _ = SettleAsync(environment);
        return environment;
    }

    /// <summary>Keeps or forgets an environment once the store has been looked at.</summary>
    private async Task SettleAsync(DecideEnvironment environment)
    {
        await environment.FirstPoll.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _loads.Release();
        DecideEnvironment? leaving;
        lock (_changes)
        {
            if (_disposed)
            {
                return;
            }

            leaving = environment.HasSnapshot || environment.IsNamed ? Keep(environment) : Forget(environment);
        }

        if (leaving is not null)
        {
            await leaving.DisposeAsync();
        }
    }

    private bool IsNamed(string name) => _settings.Environments.Contains(name, StringComparer.Ordinal);

    private DecideEnvironment? Keep(DecideEnvironment environment)
    {
        _failures.Remove(environment.Name);
        _keptCount++;
        if (_keptCount <= _settings.MaxEnvironments || Kept.Where(static kept => !kept.IsNamed).MinBy(static kept => kept.LastUsed) is not { } leastRecentlyUsed)
        {
            return null;
        }

        _keptCount--;
        _environments.TryRemove(leastRecentlyUsed.Name, out _);
        LogEvicted(_logger, leastRecentlyUsed.Name, _settings.MaxEnvironments);
        return leastRecentlyUsed;
    }

    private DecideEnvironment Forget(DecideEnvironment environment)
    {
        // Remembered first: between the two a request would load it again.
        _unpublished.Add(environment.Name);
        _environments.TryRemove(environment.Name, out _);
        if (environment.Problem is { } failure && !environment.IsUnpublished)
        {
            _failures.Add(environment.Name, failure);
        }
        else
        {
            _failures.Remove(environment.Name);
        }

        if (environment.Problem is { } problem && _problemLines.TryTake())
        {
            LogNotLoaded(_logger, environment.Name, _source.Location, problem);
        }

        return environment;
    }
}
