using System.Numerics;

namespace Experiments.Client.Targeting.Text;

/// <summary>Addresses of one kind as ranges, sorted and merged, so that one is found by binary search. Immutable.</summary>
/// <param name="ranges">Pairs of the first and the last address, both inclusive, in any order.</param>
internal sealed class AddressRanges<T>(IEnumerable<(T First, T Last)> ranges)
    where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
{
    private readonly (T First, T Last)[] _ranges = Merge(ranges);

    /// <summary>After merging.</summary>
    public int Count => _ranges.Length;

    public bool Contains(T address)
    {
        int low = 0;
        int high = _ranges.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            if (address < _ranges[middle].First)
            {
                high = middle - 1;
            }
            else if (address > _ranges[middle].Last)
            {
                low = middle + 1;
            }
            else
            {
                return true;
            }
        }

        return false;
    }

    private static (T First, T Last)[] Merge(IEnumerable<(T First, T Last)> ranges)
    {
        List<(T First, T Last)> merged = [];
        foreach ((T first, T last) in ranges.OrderBy(static range => range.First))
        {
            // The last address has no next one.
            bool isJoined = merged.Count > 0 && (merged[^1].Last == T.MaxValue || first <= merged[^1].Last + T.One);
            if (isJoined)
            {
                merged[^1] = (merged[^1].First, T.Max(merged[^1].Last, last));
            }
            else
            {
                merged.Add((first, last));
            }
        }

        return [.. merged];
    }
}
