namespace Experiments.Control.Storage.LiteDb;

/// <summary>
/// Definitions in one file, <c>experiments.db</c>, that this process uses alone. A write is on disk when it returns. Readers run together
/// and a writer runs alone, so all that one of them reads is of one moment.
/// </summary>
/// <remarks>LiteDB takes a snapshot of each collection when a transaction first reads it: its transactions alone would not do.</remarks>
internal sealed class LiteDbDefinitionStore : IDefinitionStore
{
    private readonly StoreGate _gate = new();
    private readonly AsyncLocal<LiteDbReader?> _current = new();
    private readonly DefinitionCache _cache = new();
    private readonly LiteDbFile _file;

    /// <summary>Opens the database in <paramref name="directory"/>; creates both where they are not there.</summary>
    /// <exception cref="StoreFailureException">The file is in use, damaged or not ours. It is left as it was.</exception>
    public LiteDbDefinitionStore(string directory)
        : this(directory, static (path, isLog) => new PageFile(path, isLog))
    {
    }

    internal LiteDbDefinitionStore(string directory, Func<string, bool, PageFile> openFile) => _file = new LiteDbFile(directory, openFile);

    /// <inheritdoc/>
    /// <remarks><paramref name="read"/> may await, but holds up writers while it does.</remarks>
    /// <exception cref="InvalidOperationException">Called inside another transaction: one would wait for the other.</exception>
    public async Task<T> ReadAsync<T>(Func<IStoreReader, ValueTask<T>> read, CancellationToken cancellationToken = default)
    {
        ThrowIfNested();
        await EnterReadAsync(cancellationToken);
        LiteDbReader reader = new(_file, _cache);
        _current.Value = reader;
        try
        {
            return await read(reader);
        }
        finally
        {
            reader.End();
            _gate.ExitRead();
        }
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException"><paramref name="write"/> awaited something else, or this is called inside another
    /// transaction.</exception>
    public async Task<T> WriteAsync<T>(Func<IStoreWriter, ValueTask<T>> write, CancellationToken cancellationToken = default)
    {
        ThrowIfNested();
        await _gate.EnterWriteAsync(cancellationToken);
        try
        {
            _file.Recover();
            return Write(write);
        }
        finally
        {
            _gate.ExitWrite();
        }
    }

    /// <inheritdoc/>
    public Task RestoreAsync(Func<IStoreRestorer, ValueTask> restore, CancellationToken cancellationToken = default) => WriteAsync(
        async writer =>
        {
            await restore((LiteDbWriter)writer);
            return true;
        },
        cancellationToken);

    /// <inheritdoc/>
    public async Task<StoreCondition> InspectAsync(CancellationToken cancellationToken = default)
    {
        // Goes the way of every write.
        await WriteAsync(_ => new ValueTask<bool>(_file.TryDisk()), cancellationToken);
        return _file.Measure();
    }

    /// <summary>Waits for those who read or write, then closes the file. A second call does nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        ThrowIfNested();
        await _gate.EnterWriteAsync(CancellationToken.None);
        try
        {
            _file.Dispose();
        }
        finally
        {
            _gate.ExitWrite();
        }
    }

    // From here to the end of the transaction nothing is awaited: it belongs to this thread.
    private T Write<T>(Func<IStoreWriter, ValueTask<T>> write)
    {
        LiteDbWriter writer = new(_file, _cache);
        _current.Value = writer;
        bool isKept = false;
        try
        {
            T result = _file.Transact(() => Complete(write(writer)));
            isKept = true;
            return result;
        }
        finally
        {
            writer.End();
            if (!isKept && writer.HasChangedCache)
            {
                _cache.Clear();
            }
        }
    }

    private static T Complete<T>(ValueTask<T> written)
    {
        if (written.IsCompleted)
        {
            return written.GetAwaiter().GetResult();
        }

        // Its writer refuses it from now on; what it throws for that is nobody's business any more.
        _ = written.AsTask().ContinueWith(
            static task => task.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        throw new InvalidOperationException(
            "A write must not await anything but the writer: its transaction belongs to one thread. It was undone.");
    }

    private async Task EnterReadAsync(CancellationToken cancellationToken)
    {
        await _gate.EnterReadAsync(cancellationToken);
        while (_file.HasFailed)
        {
            _gate.ExitRead();
            await _gate.EnterWriteAsync(cancellationToken);
            try
            {
                _file.Recover();
            }
            finally
            {
                _gate.ExitWrite();
            }

            await _gate.EnterReadAsync(cancellationToken);
        }
    }

    private void ThrowIfNested()
    {
        if (_current.Value is { HasEnded: false })
        {
            throw new InvalidOperationException("A transaction cannot run inside another: use the reader or writer that is given.");
        }
    }
}
