using Experiments.Client.Bucketing;

namespace Experiments.Client.Snapshots;

/// <summary>
/// Which decision each bucket gets: sorted, disjoint ranges that cover the whole bucket space. Range i is [starts[i], starts[i + 1]).
/// </summary>
internal sealed class CompiledSplit
{
    // Up to this many, comparing one after another beats a binary search.
    private const int LinearLimit = 8;

    private readonly int[] _starts;
    private readonly Decision[] _decisions;

    private CompiledSplit(int[] starts, Decision[] decisions)
    {
        _starts = starts;
        _decisions = decisions;
    }

    public Decision this[int bucket] => _decisions[RangeOf(bucket)];

    /// <param name="allocations">In their listed order: of overlapping ones the first wins, also where its variant is unknown.</param>
    /// <param name="decide">The decision of an allocation.</param>
    /// <param name="missed">The decision of buckets that no allocation holds.</param>
    public static CompiledSplit From(AllocationDocument[] allocations, Func<AllocationDocument, Decision> decide, Decision missed)
    {
        var ranges = Array.ConvertAll(allocations, allocation => new Range(
            (int)Math.Clamp(Math.Ceiling(allocation.RangeStart), 0, UserKeyHash.BucketCount),
            (int)Math.Clamp(Math.Floor(allocation.RangeEnd) + 1, 0, UserKeyHash.BucketCount),
            decide(allocation)));
        return AreSortedAndDisjoint(ranges) ? Cut(ranges, missed) : Cut(Paint(ranges), missed);
    }

    private static bool AreSortedAndDisjoint(Range[] ranges)
    {
        int end = 0;
        foreach (Range range in ranges)
        {
            if (range.Start < end || range.End <= range.Start)
            {
                return false;
            }

            end = range.End;
        }

        return true;
    }

    /// <summary>What the control server publishes.</summary>
    private static CompiledSplit Cut(Range[] ranges, Decision missed)
    {
        List<int> starts = new(ranges.Length + 1);
        List<Decision> decisions = new(ranges.Length + 1);
        int end = 0;
        foreach (Range range in ranges)
        {
            if (range.Start > end)
            {
                starts.Add(end);
                decisions.Add(missed);
            }

            starts.Add(range.Start);
            decisions.Add(range.Decision);
            end = range.End;
        }

        if (end < UserKeyHash.BucketCount)
        {
            starts.Add(end);
            decisions.Add(missed);
        }

        return new CompiledSplit([.. starts], [.. decisions]);
    }

    /// <summary>Overlapping, reversed or unsorted allocations: each bucket goes to the first that holds it.</summary>
    private static Decision?[] Paint(Range[] ranges)
    {
        Decision?[] painted = new Decision?[UserKeyHash.BucketCount];

        // Next bucket, from this one on, that nobody has painted; shortened on the way, so that many overlaps stay cheap.
        int[] nextFree = new int[UserKeyHash.BucketCount + 1];
        for (int i = 0; i < nextFree.Length; i++)
        {
            nextFree[i] = i;
        }

        foreach (Range range in ranges)
        {
            for (int bucket = FindFree(nextFree, range.Start); bucket < range.End; bucket = FindFree(nextFree, bucket))
            {
                painted[bucket] = range.Decision;
                nextFree[bucket] = bucket + 1;
            }
        }

        return painted;
    }

    private static CompiledSplit Cut(Decision?[] painted, Decision missed)
    {
        List<int> starts = [];
        List<Decision> decisions = [];
        for (int bucket = 0; bucket < painted.Length; bucket++)
        {
            Decision decision = painted[bucket] ?? missed;
            if (decisions.Count == 0 || !ReferenceEquals(decisions[^1], decision))
            {
                starts.Add(bucket);
                decisions.Add(decision);
            }
        }

        return new CompiledSplit([.. starts], [.. decisions]);
    }

    private static int FindFree(int[] nextFree, int bucket)
    {
        while (nextFree[bucket] != bucket)
        {
            nextFree[bucket] = nextFree[nextFree[bucket]];
            bucket = nextFree[bucket];
        }

        return bucket;
    }

    private int RangeOf(int bucket)
    {
        int[] starts = _starts;
        if (starts.Length > LinearLimit)
        {
            int found = Array.BinarySearch(starts, bucket);
            return found >= 0 ? found : ~found - 1;
        }

        int range = 0;
        for (int i = 1; i < starts.Length; i++)
        {
            range += bucket >= starts[i] ? 1 : 0;
        }

        return range;
    }

    /// <summary>Half-open.</summary>
    private readonly record struct Range(int Start, int End, Decision Decision);
}
