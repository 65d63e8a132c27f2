using Experiments.Control.Publishing;
using Experiments.Control.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Experiments.Dashboard.Live;

/// <summary>
/// Tells open pages that something was changed, whoever changed it: this process or another one that uses the same store; and that publishing
/// fails here, or does not any more. It looks at the end of the audit log once a second, and only while a page is open.
/// </summary>
internal sealed partial class LiveChanges(IDefinitionStore store, SnapshotPublisher publisher, TimeProvider time, ILogger<LiveChanges> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    // More at once, such as an import, are taken for a change of everything.
    private const int MaxEntries = 50;

    private readonly Lock _lock = new();
    private readonly List<Listening> _listeners = [];

    /// <param name="listener">Is told in which environments something was changed, null being all; and once at the beginning: that may have
    /// been between the reading of a page and this. Is not called any more after dispose.</param>
    public IDisposable Listen(Func<IReadOnlySet<Guid>?, Task> listener)
    {
        var listening = new Listening(this, listener);
        lock (_lock)
        {
            _listeners.Add(listening);
        }

        return listening;
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
        Listening[] listeners;
        lock (_lock)
        {
            listeners = [.. _listeners];
        }

        if (listeners.Length == 0)
        {
            return;
        }

        StorePage<AuditEntry> page = await store.ReadAsync(
            static reader => reader.ListAuditAsync(new AuditFilter(), new PageRange(0, 1)), cancellationToken);
        var seen = (page.Items is [var newest] ? newest.Sequence : 0, FailuresOf(publisher));
        Listening[] behind = [.. listeners.Where(listening => listening.Last != seen)];
        if (behind.Length > 0)
        {
            IReadOnlyList<AuditEntry> entries = (await store.ReadAsync(
                static reader => reader.ListAuditAsync(new AuditFilter(), new PageRange(0, MaxEntries)), cancellationToken)).Items;
            await Task.WhenAll(behind.Select(listening => TellAsync(listening, seen, entries)));
        }
    }

    private static string FailuresOf(SnapshotPublisher publisher) =>
        string.Join('\n', publisher.Failures.OrderBy(static one => one.Key).Select(static one => $"{one.Key} {one.Value.Error}"));

    // Entries that are newer than what was seen are told of now and once more at the next look, which does no harm.
    private async Task TellAsync(Listening listening, (long Sequence, string Failures) seen, IReadOnlyList<AuditEntry> entries)
    {
        (long Sequence, string Failures)? last = listening.Last;
        AuditEntry[] unheard = [.. entries.TakeWhile(entry => entry.Sequence > last?.Sequence)];
        bool isAll = last is null || last.Value.Failures != seen.Failures || unheard.Length == MaxEntries;
        listening.Last = seen;
        try
        {
            await listening.Listener(isAll ? null : unheard.Select(static entry => entry.EnvironmentId).ToHashSet());
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

    private sealed class Listening(LiveChanges changes, Func<IReadOnlySet<Guid>?, Task> listener) : IDisposable
    {
        public Func<IReadOnlySet<Guid>?, Task> Listener { get; } = listener;

        /// <summary>The change and the failures that it was told of last.</summary>
        public (long Sequence, string Failures)? Last { get; set; }

        public void Dispose()
        {
            lock (changes._lock)
            {
                changes._listeners.Remove(this);
            }
        }
    }
}
