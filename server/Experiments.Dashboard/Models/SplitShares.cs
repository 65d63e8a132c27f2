using System.Globalization;
using Experiments.Control.Splits;

namespace Experiments.Dashboard.Models;

/// <summary>Weights and coverage as shares of the 10,000 buckets, and back: what an editor of a split draws and drags.</summary>
internal static class SplitShares
{
    private static readonly int[] s_steps = [100, 500, 1_000, 2_500, 5_000, BarPart.Buckets];

    /// <summary>Buckets by variant; weights of 0 get none.</summary>
    public static int[] BucketsOf(IReadOnlyList<long> weights, int coverage)
    {
        int[] used = [.. weights.Index().Where(static weight => weight.Item > 0).Select(static weight => weight.Index)];
        int[] given = Apportionment.Webster([.. used.Select(index => weights[index])], coverage);
        int[] buckets = new int[weights.Count];
        for (int i = 0; i < used.Length; i++)
        {
            buckets[used[i]] = given[i];
        }

        return buckets;
    }

    /// <summary>The shares side by side, one part for each, also where it is empty.</summary>
    /// <param name="buckets">In their order.</param>
    /// <param name="variants">Name and colour of each.</param>
    public static IReadOnlyList<BarPart> PartsOf(IReadOnlyList<int> buckets, IReadOnlyList<(string Name, int Colour)> variants)
    {
        List<BarPart> parts = [];
        int start = 0;
        foreach ((int index, int count) in buckets.Index())
        {
            parts.Add(new BarPart(start, start + count, variants[index].Name, variants[index].Colour));
            start += count;
        }

        return parts;
    }

    /// <summary>Moves the end of a share; the last one's end is the coverage.</summary>
    /// <param name="weights">As they are.</param>
    /// <param name="coverage">In buckets.</param>
    /// <param name="index">Of the variant.</param>
    /// <param name="end">Bucket on the bar of shares.</param>
    public static (long[] Weights, int Coverage) MoveEnd(IReadOnlyList<long> weights, int coverage, int index, int end)
    {
        if (index == weights.Count - 1)
        {
            return ([.. weights], Math.Clamp(end, 0, BarPart.Buckets));
        }

        int[] buckets = BucketsOf(weights, coverage);
        int both = buckets[index] + buckets[index + 1];
        buckets[index] = Math.Clamp(end - buckets.Take(index).Sum(), 0, both);
        buckets[index + 1] = both - buckets[index];
        return (Reduced([.. buckets.Select(static count => (long)count)]), coverage);
    }

    /// <summary>Smaller numbers say the same and read better.</summary>
    public static long[] Reduced(long[] weights)
    {
        long divisor = weights.Aggregate(0L, Gcd);
        return divisor > 1 ? [.. weights.Select(weight => weight / divisor)] : weights;

        static long Gcd(long a, long b) => b == 0 ? a : Gcd(b, a % b);
    }

    /// <summary>A typed weight; null where it is none.</summary>
    public static long? ParseWeight(string? text) =>
        long.TryParse(text?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out long weight) && weight <= Control.Operations.SplitBuilder.MaxWeight
            ? weight
            : null;

    /// <summary>The coverage that a ramp usually goes to from another one: slowly at first, because few users are enough to see a fault.</summary>
    /// <param name="buckets">From which.</param>
    public static int NextStep(int buckets) => s_steps.FirstOrDefault(step => step > buckets, BarPart.Buckets);
}
