using Microsoft.Win32.SafeHandles;

namespace Experiments.Control.Storage.LiteDb;

/// <summary>
/// One file under LiteDB, for this process alone while it is open. LiteDB on its own neither locks its files on Linux nor waits for its
/// log to be written before a commit returns, and it flushes the log once per page; here a commit waits, and flushes once.
/// LiteDB takes turns on <see cref="Position"/> and what follows it; the rest is thread-safe.
/// </summary>
internal class PageFile : Stream
{
    private readonly SafeFileHandle _handle;
    private readonly Lock _lock = new();
    private readonly ManualResetEventSlim _progress = new();
    private readonly bool _isLog;
    private long _writtenBytes;
    private volatile bool _isFlushed;
    private volatile Exception? _failure;

    /// <exception cref="IOException">Another process has it open, or it cannot be opened.</exception>
    public PageFile(string path, bool isLog)
    {
        _isLog = isLog;
        _handle = File.OpenHandle(path, isLog ? FileMode.OpenOrCreate : FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        _writtenBytes = RandomAccess.GetLength(_handle);
    }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => true;

    public override long Length => RandomAccess.GetLength(_handle);

    public override long Position { get; set; }

    public bool IsClosed => _handle.IsClosed;

    /// <summary>Keeps LiteDB from marking a file that it finds corrupt: nothing is overwritten before the file is known to be ours.
    /// </summary>
    public bool IsReadOnly { get; set; }

    /// <summary>Waits until all of the log up to <paramref name="lengthBytes"/> is written, though maybe not yet on disk.</summary>
    /// <exception cref="IOException">It was not, and will not be.</exception>
    public void WaitUntilWritten(long lengthBytes, TimeSpan within)
    {
        while (true)
        {
            lock (_lock)
            {
                ThrowIfFailed();
                if (_writtenBytes >= lengthBytes)
                {
                    return;
                }

                _progress.Reset();
            }

            if (!_progress.Wait(within))
            {
                throw new IOException($"Nothing was written for {within.TotalSeconds} s.");
            }
        }
    }

    /// <exception cref="IOException">A page of the log was not written.</exception>
    public void ThrowIfFailed()
    {
        if (_failure is { } failure)
        {
            throw new IOException(failure.Message, failure);
        }
    }

    /// <summary>Does nothing on a log: <see cref="FlushToDisk"/> does it once per commit.</summary>
    public override void Flush()
    {
        if (!_isLog)
        {
            FlushToDisk();
        }
    }

    /// <summary>Returns when what was written survives a power failure.</summary>
    public void FlushToDisk()
    {
        if (!_isFlushed)
        {
            FlushAlways();
        }
    }

    /// <summary><see cref="FlushToDisk"/>, also where nothing was written since.</summary>
    public void FlushAlways()
    {
        // Before the flush, so that a page that is written meanwhile is not taken for flushed. After a failure there is no second
        // try: what the system has dropped it cannot flush later.
        _isFlushed = true;
        FlushPages();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        int read = RandomAccess.Read(_handle, buffer.AsSpan(offset, count), Position);
        Position += read;
        return read;
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        ReadOnlySpan<byte> page = buffer.AsSpan(offset, count);
        if (_isLog)
        {
            WriteLog(page);
        }
        else if (IsReadOnly)
        {
            throw new NotSupportedException("The file has not been checked yet.");
        }
        else
        {
            _isFlushed = false;
            WritePage(page);
        }

        Position += count;
    }

    public override void SetLength(long value)
    {
        RandomAccess.SetLength(_handle, value);
        lock (_lock)
        {
            _isFlushed = false;
            _writtenBytes = value;
        }
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    protected virtual void WritePage(ReadOnlySpan<byte> page) => RandomAccess.Write(_handle, page, Position);

    protected virtual void FlushPages() => RandomAccess.FlushToDisk(_handle);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _handle.Dispose();
            _progress.Dispose();
        }

        base.Dispose(disposing);
    }

    private void WriteLog(ReadOnlySpan<byte> page)
    {
        // An exception would end LiteDB's log writer, and closing the engine then waits for it forever: the failure is kept for those
        // who wait for the page. Pages after a lost one are not written either: no transaction may be confirmed without all its pages.
        Exception? failure = _failure;
        try
        {
            if (failure is null)
            {
                WritePage(page);
            }
        }
        catch (Exception exception)
        {
            failure = exception;
        }

        lock (_lock)
        {
            _isFlushed = false;
            _failure = failure;
            _writtenBytes = Math.Max(_writtenBytes, Position + page.Length);
            _progress.Set();
        }
    }
}
