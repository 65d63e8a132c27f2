namespace Experiments.Client.Snapshots.Loading;

/// <summary>
/// What a snapshot keeps of its JSON, in pages: one array for hundreds of texts, none of which is copied again when more are added. Whoever
/// keeps a decision keeps a page or two, and not the snapshot.
/// </summary>
internal sealed class TextPages
{
    // Pages double, so that small snapshots waste little; arrays above 85,000 bytes are large objects, which are collected seldom.
    private const int FirstPage = 512;
    private const int LastPage = 64 * 1024;

    // A longer text gets an array of its own: it could leave that much of a page empty.
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
