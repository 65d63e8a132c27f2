namespace Experiments.Control.Storage.LiteDb;

/// <summary>
/// Many readers or one writer, without blocking a thread that waits. Neither side starves: readers that wait while a writer is inside
/// all go before the next writer, and readers that come while a writer waits go after it. Not reentrant.
/// </summary>
internal sealed class StoreGate
{
    /// <summary>LiteDB has at most 100 transactions open, and every query of a reader is one.</summary>
    public const int MaxReaders = 64;

    private readonly Lock _lock = new();
    private readonly LinkedList<TaskCompletionSource> _waitingReaders = new();
    private readonly LinkedList<TaskCompletionSource> _waitingWriters = new();
    private int _readers;
    private bool _hasWriter;

    public Task EnterReadAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            if (!_hasWriter && _waitingWriters.Count == 0 && _readers < MaxReaders)
            {
                _readers++;
                return Task.CompletedTask;
            }

            return WaitAsync(_waitingReaders, cancellationToken);
        }
    }

    public Task EnterWriteAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            if (!_hasWriter && _readers == 0)
            {
                _hasWriter = true;
                return Task.CompletedTask;
            }

            return WaitAsync(_waitingWriters, cancellationToken);
        }
    }

    public void ExitRead()
    {
        lock (_lock)
        {
            _readers--;
            Admit(readersFirst: false);
        }
    }

    public void ExitWrite()
    {
        lock (_lock)
        {
            _hasWriter = false;
            Admit(readersFirst: true);
        }
    }

    private void Admit(bool readersFirst)
    {
        if (_hasWriter)
        {
            return;
        }

        while ((readersFirst || _waitingWriters.Count == 0) && _waitingReaders.Count > 0 && _readers < MaxReaders)
        {
            _readers++;
            AdmitFirst(_waitingReaders);
        }

        if (_readers == 0 && _waitingWriters.Count > 0)
        {
            _hasWriter = true;
            AdmitFirst(_waitingWriters);
        }
    }

    private static void AdmitFirst(LinkedList<TaskCompletionSource> waiting)
    {
        TaskCompletionSource first = waiting.First!.Value;
        waiting.RemoveFirst();
        first.SetResult();
    }

    private Task WaitAsync(LinkedList<TaskCompletionSource> waiting, CancellationToken cancellationToken)
    {
        // Continuations run elsewhere: here the lock is held.
        TaskCompletionSource admitted = new(TaskCreationOptions.RunContinuationsAsynchronously);
        LinkedListNode<TaskCompletionSource> node = waiting.AddLast(admitted);
        return cancellationToken.CanBeCanceled ? WaitAsync(node, cancellationToken) : node.Value.Task;
    }

    private async Task WaitAsync(LinkedListNode<TaskCompletionSource> node, CancellationToken cancellationToken)
    {
        await using CancellationTokenRegistration registration =
            cancellationToken.UnsafeRegister(_ => GiveUp(node, cancellationToken), state: null);
        await node.Value.Task;
    }

    private void GiveUp(LinkedListNode<TaskCompletionSource> node, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            // One that has left its list is inside, cancelled or not: whoever waits for it will exit.
            if (node.List is { } waiting)
            {
                waiting.Remove(node);
                node.Value.SetCanceled(cancellationToken);
                Admit(readersFirst: false);
            }
        }
    }
}
