using Experiments.Client.Snapshots;
using Microsoft.Extensions.Logging;

namespace Experiments.Client.Decisions;

/// <summary>Whoever wants to know of new snapshots. Thread-safe.</summary>
internal sealed partial class ChangeListeners(string environment, ILogger logger)
{
    private readonly Lock _lock = new();
    private Subscription[] _subscriptions = [];

    public IDisposable Add(Action<SnapshotChange> listener)
    {
        ArgumentNullException.ThrowIfNull(listener);
        var subscription = new Subscription(this, listener);
        lock (_lock)
        {
            _subscriptions = [.. _subscriptions, subscription];
        }

        return subscription;
    }

    public void Notify(CompiledSnapshot? before, CompiledSnapshot after)
    {
        Subscription[] subscriptions = Volatile.Read(ref _subscriptions);
        if (subscriptions.Length == 0)
        {
            return;
        }

        // Only now: comparing two snapshots takes time.
        var change = new SnapshotChange
        {
            PreviousVersion = before?.Version ?? 0,
            SnapshotVersion = after.Version,
            ChangedKeys = SnapshotDifference.ChangedKeys(before, after),
        };
        foreach (Subscription subscription in subscriptions)
        {
            try
            {
                subscription.Listener(change);
            }
#pragma warning disable CA1031 // A listener's fault is not the poll loop's.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                LogListenerFailed(logger, exception, environment, after.Version);
            }
        }
    }

    [LoggerMessage(1010, LogLevel.Error, "Environment {Environment}: a listener failed on snapshot version {Version}")]
    private static partial void LogListenerFailed(ILogger logger, Exception exception, string environment, long version);

    private sealed class Subscription(ChangeListeners owner, Action<SnapshotChange> listener) : IDisposable
    {
        public Action<SnapshotChange> Listener => listener;

        public void Dispose()
        {
            lock (owner._lock)
            {
                owner._subscriptions = [.. owner._subscriptions.Where(subscription => subscription != this)];
            }
        }
    }
}
