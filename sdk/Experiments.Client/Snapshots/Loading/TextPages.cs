namespace Experiments.Client.Snapshots.Loading;

/// <summary>
/// Bytes that a snapshot keeps of its JSON, in pages: one array for hundreds of texts, and no copy of what is there when more is added. Who
/// keeps a decision keeps one page, and not the snapshot.
/// </summary>
internal sealed class TextPages
{
    // Small snapshots get a small page; large ones those of which 64 KB would be the last that are no large objects to the collector.
    private const int FirstPage = 512;
    private const int LastPage = 64 * 1024;

    // What would leave so much of a page empty gets an array of its own.
    private const int OwnPageFrom = LastPage / 16;

    private byte[] _page = [];
    private int _used;
    private int _next = FirstPage;

    /// <summary>Room for one text; the caller fills it.</summary>
    /// <param name="size">In bytes.</param>
    /// <param name="start">Of the room in the page.</param>
    public byte[] Take(int size, out int start)
    {
        start = 0;
        if (size >= Math.Min(OwnPageFrom, _next))
        {
            return new byte[size];
        }

        if (size > _page.Length - _used)
        {
            _page = new byte[_next];
            _used = 0;
            _next = Math.Min(_next * 2, LastPage);
        }

        start = _used;
        _used += size;
        return _page;
    }
}
