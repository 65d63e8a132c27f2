using System.Collections.Concurrent;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Experiments.Client.Snapshots;

namespace Experiments.Control.Publishing;

/// <summary>Tells those who listen that an environment has been published. Thread-safe.</summary>
internal sealed class PublishEvents(TimeProvider time) : IPublishObserver
{
    /// <summary>How often a listener hears that the stream is alive.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<Channel<bool>, string> _listeners = new();

    public int Listeners => _listeners.Count;

    public Task OnPublishedAsync(string environment, CancellationToken cancellationToken)
    {
        foreach ((Channel<bool> listener, _) in _listeners.Where(one => one.Value == environment))
        {
            // One that was not heard yet says as much as two.
            listener.Writer.TryWrite(true);
        }

        return Task.CompletedTask;
    }

    /// <summary>The environment's name as the data of each, for browsers pass on none without: a first heartbeat at once, an event for every publish that follows, and heartbeats between them, until cancelled.</summary>
    public async IAsyncEnumerable<SseItem<string>> ListenAsync(string environment, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var heard = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        _listeners[heard] = environment;
        try
        {
            yield return new SseItem<string>(environment, SnapshotKeys.HeartbeatEvent);
            while (await HearsAsync(heard.Reader, cancellationToken) is { } isPublished)
            {
                yield return new SseItem<string>(environment, isPublished ? SnapshotKeys.PublishedEvent : SnapshotKeys.HeartbeatEvent);
            }
        }
        finally
        {
            _listeners.TryRemove(heard, out _);
        }
    }

    /// <summary>Whether something was published before the next heartbeat is due; null where nobody listens any more.</summary>
    private async Task<bool?> HearsAsync(ChannelReader<bool> heard, CancellationToken cancellationToken)
    {
        using var due = new CancellationTokenSource(Heartbeat, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(due.Token, cancellationToken);
        try
        {
            return await heard.ReadAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            return cancellationToken.IsCancellationRequested ? null : false;
        }
    }
}
