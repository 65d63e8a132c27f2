using System.Buffers;

namespace Experiments.Client.Decisions;

/// <summary>A zeroed cell for each attribute of a snapshot: on the stack where they fit, else in a pooled array.</summary>
internal ref struct HandleCache
{
    private int[]? _rented;

    public HandleCache(int count, Span<int> stack)
    {
        Span<int> cells = count <= stack.Length ? stack : (_rented = ArrayPool<int>.Shared.Rent(count));
        Cells = cells[..count];
        Cells.Clear();
    }

    public Span<int> Cells { get; }

    public void Dispose()
    {
        if (_rented is { } rented)
        {
            _rented = null;
            ArrayPool<int>.Shared.Return(rented);
        }
    }
}
