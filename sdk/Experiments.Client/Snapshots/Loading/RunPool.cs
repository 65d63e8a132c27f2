using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Experiments.Client.Snapshots.Loading;

/// <summary>Numbers runs of integers from 0 on, all in one list; the same run has the same number.</summary>
internal sealed class RunPool : IEqualityComparer<(int Start, int Count)>
{
    private readonly List<int> _values = [];
    private readonly Pool<(int Start, int Count)> _runs;

    public RunPool() => _runs = new Pool<(int, int)>(this);

    public int[] Values => [.. _values];

    /// <summary>Where each run is in <see cref="Values"/>.</summary>
    public (int Start, int Count)[] Runs => _runs.ToArray();

    /// <param name="run">Maybe a new one.</param>
    /// <param name="number">Of the run.</param>
    /// <returns>Whether it is a new one.</returns>
    public bool TryAdd(ReadOnlySpan<int> run, out int number)
    {
        int start = _values.Count;
        _values.AddRange(run);
        bool isNew = _runs.TryAdd((start, run.Length), out number);
        if (!isNew)
        {
            _values.RemoveRange(start, run.Length);
        }

        return isNew;
    }

    public bool Equals((int Start, int Count) x, (int Start, int Count) y) => ValuesOf(x).SequenceEqual(ValuesOf(y));

    public int GetHashCode([DisallowNull] (int Start, int Count) obj)
    {
        var hash = default(HashCode);
        hash.AddBytes(MemoryMarshal.AsBytes(ValuesOf(obj)));
        return hash.ToHashCode();
    }

    private ReadOnlySpan<int> ValuesOf((int Start, int Count) run) => CollectionsMarshal.AsSpan(_values).Slice(run.Start, run.Count);
}
