using System.Runtime.InteropServices;

namespace Experiments.Client.Snapshots.Loading;

/// <summary>
/// Turns ranges in their listed order, overlapping or reversed, into sorted, disjoint cuts: of overlapping ranges the first wins.
/// </summary>
internal sealed class RangeTableBuilder
{
    private readonly List<RangeTable> _tables = [];
    private readonly List<ulong> _starts = [];
    private readonly List<int> _targets = [];
    private readonly List<BucketRange> _scratch = [];
    private UInt128 _bucketCount;
    private int _unresolved;

    /// <param name="hashes">With their slots.</param>
    public RangeTable[] Build(CompiledHash[] hashes) => [.. _tables.Select(table => table with { Slot = hashes[table.Hash].Slot })];

    public ulong[] Starts => [.. _starts];

    public int[] Targets => [.. _targets];

    /// <summary>A condition.</summary>
    public int Add(int hash, UInt128 bucketCount, ReadOnlySpan<(UInt128 Start, UInt128 End)> ranges, int onTrue, int onFalse)
    {
        _scratch.Clear();
        foreach ((UInt128 start, UInt128 end) in ranges)
        {
            _scratch.Add(new BucketRange(start, end, onTrue));
        }

        return Add(hash, bucketCount, CollectionsMarshal.AsSpan(_scratch), onFalse);
    }

    /// <param name="hash">Whose buckets.</param>
    /// <param name="bucketCount">How many it has; cuts above are left out.</param>
    /// <param name="ranges">In their listed order.</param>
    /// <param name="onMiss">Where buckets lead that no range holds.</param>
    public int Add(int hash, UInt128 bucketCount, ReadOnlySpan<BucketRange> ranges, int onMiss)
    {
        int first = _starts.Count;
        _bucketCount = bucketCount;
        if (AreSortedAndDisjoint(ranges))
        {
            Cut(first, ranges, onMiss);
        }
        else
        {
            Cut(first, Disjoint(ranges), onMiss);
        }

        _tables.Add(new RangeTable(hash, Slot: 0, first, _starts.Count - first));
        return _tables.Count - 1;
    }

    /// <summary>Puts places for the labels that were added since.</summary>
    public void Resolve(Func<int, int> targetOf)
    {
        foreach (ref int target in CollectionsMarshal.AsSpan(_targets)[_unresolved..])
        {
            target = targetOf(target);
        }

        _unresolved = _targets.Count;
    }

    private static bool AreSortedAndDisjoint(ReadOnlySpan<BucketRange> ranges)
    {
        UInt128 end = 0;
        foreach (BucketRange range in ranges)
        {
            if (range.Start < end || range.End <= range.Start)
            {
                return false;
            }

            end = range.End;
        }

        return true;
    }

    private void Cut(int first, ReadOnlySpan<BucketRange> ranges, int onMiss)
    {
        UInt128 end = 0;
        foreach (BucketRange range in ranges)
        {
            if (range.Start > end)
            {
                Cut(first, end, onMiss);
            }

            Cut(first, range.Start, range.Label);
            end = range.End;
        }

        Cut(first, end, onMiss);
    }

    private void Cut(int first, UInt128 start, int label)
    {
        if (start >= _bucketCount && start > 0)
        {
            return;
        }

        if (_starts.Count == first || _targets[^1] != label)
        {
            _starts.Add((ulong)start);
            _targets.Add(label);
        }
    }

    /// <summary>Sweeps over all bounds; between two of them the range that was listed first of those that hold the place wins.</summary>
    private static BucketRange[] Disjoint(ReadOnlySpan<BucketRange> ranges)
    {
        var bounds = new List<(UInt128 Place, int Range, bool IsStart)>(ranges.Length * 2);
        for (int i = 0; i < ranges.Length; i++)
        {
            if (ranges[i].Start < ranges[i].End)
            {
                bounds.Add((ranges[i].Start, i, true));
                bounds.Add((ranges[i].End, i, false));
            }
        }

        bounds.Sort(static (a, b) => a.Place.CompareTo(b.Place));
        var open = new SortedSet<int>();
        List<BucketRange> disjoint = [];
        for (int i = 0; i < bounds.Count; i++)
        {
            (UInt128 place, int range, bool isStart) = bounds[i];
            _ = isStart ? open.Add(range) : open.Remove(range);

            // Whatever is open is closed later, so there is a next one.
            if (open.Count > 0 && bounds[i + 1].Place != place)
            {
                disjoint.Add(new BucketRange(place, bounds[i + 1].Place, ranges[open.Min].Label));
            }
        }

        return [.. disjoint];
    }
}
