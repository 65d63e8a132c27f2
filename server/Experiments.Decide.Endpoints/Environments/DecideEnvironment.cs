using Experiments.Client;
using Experiments.Client.Diagnostics;
using Experiments.Client.Hosting;
using Experiments.Client.Sources;
using Experiments.Decide.Endpoints.Answers;
using Microsoft.Extensions.Logging;

namespace Experiments.Decide.Endpoints.Environments;

/// <summary>One environment that somebody asked for or the settings name: it loads and polls from construction until it is disposed.</summary>
internal sealed class DecideEnvironment : IAsyncDisposable
{
    /// <summary>How long a request waits for the first look at the store.</summary>
    public static readonly TimeSpan LoadLimit = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stop = new();
    private readonly EnvironmentRuntime _runtime;
    private readonly TaskCompletionSource _lookedOnDisk = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _firstSnapshot = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PushStreams? _push;
    private readonly LoadedLogger _logger;
    private readonly Task _running;

    // Volatile: whoever sees the reference sees everything that was prepared before it was stored.
    private volatile PreparedSnapshot? _prepared;
    private long _lastUsed;
    private int _disposed;

    public DecideEnvironment(
        string name,
        ISnapshotSource source,
        ExperimentsOptions options,
        ClientMetrics? metrics,
        TimeProvider time,
        ILogger logger,
        bool isNamed = false,
        PushStreams? push = null)
    {
        Name = name;
        IsNamed = isNamed;
        _push = push;
        _logger = new LoadedLogger(logger, this);
        _lastUsed = time.GetTimestamp();
        _runtime = new EnvironmentRuntime(
            name, source, options, time, _logger, metrics,
            swapping: snapshot =>
            {
                _prepared = new PreparedSnapshot(snapshot, _runtime!.Surroundings);
                _firstSnapshot.TrySetResult();
            });
        FirstPoll = _runtime.Poller.FirstPoll.WaitAsync(_stop.Token);
        Loaded = WaitAsync(FirstPoll, time);
        _running = Task.Run(RunAsync);
    }

    public string Name { get; }

    /// <summary>Whether the settings name it: it is then held and polled with or without a snapshot.</summary>
    public bool IsNamed { get; }

    public bool HasSnapshot => _prepared is not null;

    /// <summary>Whether the last poll found nothing under the name. A bucket that may not be listed answers so too, with a <see cref="Problem"/>.</summary>
    public bool IsUnpublished => _runtime.Poller.LastResult == PollResult.Missing;

    /// <summary>Which snapshot it decides by, and how fresh that is.</summary>
    public DeciderStatus Status => _runtime.Decider.Status;

    /// <summary>Why the last poll failed or was refused; null where all is well.</summary>
    public string? Problem => _runtime.Poller.Problem;

    /// <summary>Completes when a last good snapshot is in memory, where there is one. Never fails.</summary>
    public Task LookedOnDisk => _lookedOnDisk.Task;

    /// <summary>Completes when the first look at the store has ended, however it ended; cancelled by <see cref="DisposeAsync"/>.</summary>
    public Task FirstPoll { get; }

    /// <summary>Completes with <see cref="FirstPoll"/>, but at the latest after <see cref="LoadLimit"/>: from then on requests take what
    /// there is. Never fails.</summary>
    public Task Loaded { get; }

    /// <summary>Timestamp of the last request.</summary>
    public long LastUsed
    {
        get => Volatile.Read(ref _lastUsed);
        set => Volatile.Write(ref _lastUsed, value);
    }

    /// <summary>What to answer from, prepared when it was loaded; null while there is no snapshot.</summary>
    public PreparedSnapshot? Prepared => _prepared;

    /// <summary>Looks at the store now; polling goes on as before.</summary>
    public Task PollAsync(CancellationToken cancellationToken) => _runtime.Poller.PollAsync(cancellationToken);

    /// <summary>Stops polling and listening. Requests that hold the environment may still decide.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            await _stop.CancelAsync();
            await _running;
            _stop.Dispose();
            _runtime.Dispose();
        }
    }

    private static async Task WaitAsync(Task firstPoll, TimeProvider time) =>
        await firstPoll.WaitAsync(LoadLimit, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private Task RunAsync()
    {
        // Before the first look and not after it has failed: two threads must not swap snapshots at the same time.
        try
        {
            _runtime.Poller.LoadLastGood();
        }
        finally
        {
            _lookedOnDisk.TrySetResult();
        }

        Task polling = _runtime.RunAsync(_stop.Token);
        return _push is null ? polling : Task.WhenAll(polling, ListenAsync(_push));
    }

    private async Task ListenAsync(PushStreams push)
    {
        if (!IsNamed)
        {
            // Anyone may make up a name: until something is known to be published under it, it costs the control server nothing.
            await _firstSnapshot.Task.WaitAsync(_stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await push.ListenAsync(Name, _runtime.Poller.PollAsync, _logger, _stop.Token);
    }
}
