using LiteDB;
using LiteDB.Engine;

namespace Experiments.Control.Storage.LiteDb;

/// <summary>
/// The database file and LiteDB's engine on it. Many threads may query while none writes; <see cref="StoreGate"/> sees to that.
/// After a failure of disk or engine every call throws until <see cref="Recover"/> has opened the file again: what the engine then holds
/// in memory need not be what is on disk.
/// </summary>
internal sealed partial class LiteDbFile : IDisposable
{
    public const string FileName = "experiments.db";

    /// <summary>The name that LiteDB gives it, so that LiteDB's own tools open the file.</summary>
    public const string LogFileName = "experiments-log.db";

    private const long MaxLogBytes = 8 * 1024 * 1024;

    private static readonly TimeSpan WriteLimit = TimeSpan.FromSeconds(30);

    private readonly string _path;
    private readonly string _logPath;
    private readonly Func<string, bool, PageFile> _openFile;
    private PageFile? _data;
    private PageFile? _log;
    private LiteEngine? _engine;
    private volatile Exception? _failure;
    private bool _isDisposed;

    /// <param name="directory">Created when it is not there.</param>
    /// <param name="openFile">Opens a path, a log if true.</param>
    /// <exception cref="StoreFailureException">The file cannot be used; it is left as it was.</exception>
    public LiteDbFile(string directory, Func<string, bool, PageFile> openFile)
    {
        _path = Path.GetFullPath(Path.Combine(directory, FileName));
        _logPath = Path.GetFullPath(Path.Combine(directory, LogFileName));
        _openFile = openFile;
        Open();
    }

    public bool HasFailed => _failure is not null;

    /// <summary>Opens the file again after a failure; does nothing where there was none. Nobody may be reading or writing.</summary>
    /// <exception cref="StoreFailureException">It cannot be opened; the next call tries again.</exception>
    public void Recover()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, typeof(LiteDbDefinitionStore));
        if (HasFailed)
        {
            CloseFiles();
            Open();
            _failure = null;
        }
    }

    /// <summary>Runs <paramref name="body"/>, on this thread, as one transaction: when this returns, all of it is on disk, and when
    /// it throws, nothing of it is kept.</summary>
    public T Transact<T>(Func<T> body)
    {
        Run(static engine => engine.BeginTrans());
        bool isCommitted = false;
        T result;
        try
        {
            result = body();
            isCommitted = Run(static engine => engine.Commit());
        }
        finally
        {
            // After a failure there is nothing to ask of the engine: it is closed before the next use, and nothing was confirmed.
            if (!isCommitted && !HasFailed)
            {
                Run(static engine => engine.Rollback());
            }
        }

        if (!isCommitted)
        {
            throw new InvalidOperationException("The transaction was ended before it was committed.");
        }

        Run(MakeDurable);
        return result;
    }

    public IReadOnlyList<BsonDocument> Query(string collection, Query query) => Run(engine =>
    {
        using IBsonDataReader reader = engine.Query(collection, query);
        List<BsonDocument> documents = [];
        while (reader.Read())
        {
            documents.Add(reader.Current.AsDocument);
        }

        return documents;
    });

    public void Insert(string collection, BsonDocument document) =>
        Run(engine => engine.Insert(collection, [document], BsonAutoId.ObjectId));

    public bool Update(string collection, BsonDocument document) => Run(engine => engine.Update(collection, [document])) == 1;

    public void Upsert(string collection, params IEnumerable<BsonDocument> documents) =>
        Run(engine => engine.Upsert(collection, documents, BsonAutoId.ObjectId));

    public void Delete(string collection, BsonValue id) => Run(engine => engine.Delete(collection, [id]));

    /// <summary>Goes to the disk although there is nothing to write. Throws where the disk fails.</summary>
    public bool TryDisk() => Run(_ =>
    {
        _log!.FlushAlways();
        return true;
    });

    public StoreCondition Measure() => new(
        _path,
        new[] { _path, _logPath }.Select(static path => new FileInfo(path)).Where(static file => file.Exists).Sum(static file => file.Length),
        new DriveInfo(_path).AvailableFreeSpace);

    /// <summary>Waits for nobody: no one may be reading or writing.</summary>
    public void Dispose()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            if (!HasFailed)
            {
                Checkpoint();
            }

            CloseFiles();
        }
    }

    private T Run<T>(Func<LiteEngine, T> action)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, typeof(LiteDbDefinitionStore));
        if (_failure is { } failure)
        {
            throw Describe(failure);
        }

        try
        {
            T result = action(_engine!);
            _log!.ThrowIfFailed();
            return result;
        }
        catch (Exception exception)
        {
            // Whatever LiteDB throws, a transaction may be gone or the engine closed: nothing may go on with it. Passed on, not handled.
            _failure = exception;
            throw Describe(exception);
        }
    }

    private bool MakeDurable(LiteEngine engine)
    {
        // A commit hands its pages to LiteDB's log writer and may return before they are written. This is how far the log will reach.
        using (IBsonDataReader reader = engine.Query("$database", new Query()))
        {
            reader.Read();
            _log!.WaitUntilWritten(reader.Current["logFileSize"].AsInt64, WriteLimit);
        }

        _log.FlushToDisk();
        if (_log.Length > MaxLogBytes)
        {
            Checkpoint();
        }

        return true;
    }

    /// <summary>Moves the log's content to the data file, in the order that a power failure cannot hurt: log to disk, data to disk, log
    /// cut.</summary>
    private void Checkpoint()
    {
        try
        {
            _log!.FlushToDisk();
            _engine!.Checkpoint();
        }
        catch (IOException exception)
        {
            // Say, the disk is full. Nothing is lost: the log has it all. The engine, though, may believe that the log is cut.
            _failure = exception;
        }
    }

    private StoreFailureException Describe(Exception failure) => new(
        $"The database \"{_path}\" failed: {failure.Message} It is opened again on the next use. "
        + "If this goes on, check the disk, or restore a backup.",
        failure);
}
