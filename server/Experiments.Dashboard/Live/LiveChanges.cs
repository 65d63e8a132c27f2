using Experiments.Control.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Experiments.Dashboard.Live;

/// <summary>
/// Tells open pages that something was changed, whoever changed it: this process or another one that uses the same store. It looks at the
/// end of the audit log once a second, and only while a page is open.
/// </summary>
internal sealed partial class LiveChanges(IDefinitionStore store, TimeProvider time, ILogger<LiveChanges> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly List<Func<AuditEntry, Task>> _listeners = [];
    private long? _lastSequence;

    /// <param name="listener">Is told the newest change; is not called any more after dispose.</param>
    public IDisposable Listen(Func<AuditEntry, Task> listener)
    {
        lock (_lock)
        {
            _listeners.Add(listener);
        }

        return new Listening(this, listener);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await LookAsync(stoppingToken);
            }
#pragma warning disable CA1031 // The store may fail for a while; pages that ask it themselves say so.
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                LogFailed(logger, exception);
            }
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        Func<AuditEntry, Task>[] listeners;
        lock (_lock)
        {
            listeners = [.. _listeners];
        }

        if (listeners.Length == 0)
        {
            _lastSequence = null;
            return;
        }

        StorePage<AuditEntry> page = await store.ReadAsync(
            static reader => reader.ListAuditAsync(new AuditFilter(), new PageRange(0, 1)), cancellationToken);
        if (page.Items is not [var newest])
        {
            _lastSequence = 0;
            return;
        }

        long? known = _lastSequence;
        _lastSequence = newest.Sequence;
        if (known is { } last && last < newest.Sequence)
        {
            await Task.WhenAll(listeners.Select(listener => TellAsync(listener, newest)));
        }
    }

    private async Task TellAsync(Func<AuditEntry, Task> listener, AuditEntry newest)
    {
        try
        {
            await listener(newest);
        }
#pragma warning disable CA1031 // A page that is closing must not keep the others from hearing it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogFailed(logger, exception);
        }
    }

    [LoggerMessage(3001, LogLevel.Debug, "Open pages could not be told of a change")]
    private static partial void LogFailed(ILogger logger, Exception exception);

    private sealed class Listening(LiveChanges changes, Func<AuditEntry, Task> listener) : IDisposable
    {
        public void Dispose()
        {
            lock (changes._lock)
            {
                changes._listeners.Remove(listener);
            }
        }
    }
}
