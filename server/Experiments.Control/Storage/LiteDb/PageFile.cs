using Microsoft.Win32.SafeHandles;

namespace Experiments.Control.Storage.LiteDb;

/// <summary>
/// One file under LiteDB, for this process alone while it is open. LiteDB on its own neither locks its files on Linux nor waits for its
/// log to be written before a commit returns, and it flushes the log to disk once per page; here a commit can wait and flush once.
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
    private Exception? _failure;

    /// <exception cref="IOException">Another process has it open, or it cannot be opened.</exception>
    public PageFile(string path, bool isLog)
    {
        _isLog = isLog;
        _handle = File.OpenHandle(path, isLog ? FileMode.OpenOrCreate : FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        _writtenBytes = RandomAccess.GetLength(_handle);
    }

    public override bool CanRead => true;

    public bool IsClosed => _handle.IsClosed;

    public override bool CanSeek => true;

    public override bool CanWrite => true;

    public override long Length => RandomAccess.GetLength(_handle);

    public override long Position { get; set; }

    /// <summary>Keeps LiteDB from marking a file that it finds corrupt: nothing is overwritten before the file is known to be ours.</summary>
    public bool IsReadOnly { get; set; }

    /// <summary>Waits until all of the file up to <paramref name="lengthBytes"/> is written, though maybe not yet on disk.</summary>
    /// <exception cref="IOException">It was not.</exception>
    public void WaitUntilWritten(long lengthBytes, TimeSpan within)
    {
        while (true)
        {
            lock (_lock)
            {
                if (_failure is not null)
                {
                    throw new IOException(_failure.Message, _failure);
                }

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
            // Before the flush, so that a page that is written meanwhile is not taken for flushed. After a failure there is no second try:
            // what the system has dropped it cannot flush later.
            _isFlushed = true;
            FlushPages();
        }
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        int read = RandomAccess.Read(_handle, buffer.AsSpan(offset, count), Position);
        Position += read;
        return read;
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        if (IsReadOnly)
        {
            throw new NotSupportedException("The file has not been checked yet.");
        }

        try
        {
            WritePage(buffer.AsSpan(offset, count));
        }
        catch (Exception exception)
        {
            // LiteDB's log writer ends on any exception, but only on this one does it stop the engine rather than leave it waiting.
            Report(exception);
            throw exception as IOException ?? new IOException(exception.Message, exception);
        }

        Position += count;
        Report(failure: null);
    }

    public override void SetLength(long value)
    {
        RandomAccess.SetLength(_handle, value);
        lock (_lock)
        {
            _writtenBytes = value;
            _isFlushed = false;
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

    private void Report(Exception? failure)
    {
        lock (_lock)
        {
            _failure ??= failure;
            _writtenBytes = Math.Max(_writtenBytes, Position);
            _isFlushed = false;
            _progress.Set();
        }
    }
}
