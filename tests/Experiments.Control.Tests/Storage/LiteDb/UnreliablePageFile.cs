using Experiments.Control.Storage.LiteDb;

namespace Experiments.Control.Tests.Storage.LiteDb;

/// <summary>A file on a disk that is full, or broken, when a test says so.</summary>
internal sealed class UnreliablePageFile(string path, bool isLog, UnreliablePageFile.Disk disk) : PageFile(path, isLog)
{
    private readonly bool _isLog = isLog;

    protected override void WritePage(ReadOnlySpan<byte> page)
    {
        if (_isLog ? disk.PagesLeftForLog-- <= 0 : disk.IsDataFull)
        {
            throw new IOException("No space left on device");
        }

        base.WritePage(page);
    }

    protected override void FlushPages()
    {
        if (disk.IsFlushBroken)
        {
            throw new IOException("Input/output error");
        }

        disk.Flushes++;
        base.FlushPages();
    }

    internal sealed class Disk
    {
        public int PagesLeftForLog { get; set; } = int.MaxValue;

        public bool IsDataFull { get; set; }

        public bool IsFlushBroken { get; set; }

        public int Flushes { get; set; }
    }
}
