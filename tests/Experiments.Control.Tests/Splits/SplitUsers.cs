using System.Globalization;
using Experiments.Client.Bucketing;

namespace Experiments.Control.Tests.Splits;

/// <summary>Users whose buckets are those of the SDK.</summary>
internal static class SplitUsers
{
    public const int Count = 100_000;

    private static readonly string[] s_userKeys =
        [.. Enumerable.Range(1, Count).Select(static i => string.Create(CultureInfo.InvariantCulture, $"user-{i}"))];

    /// <summary>Buckets of <c>user-1</c>, <c>user-2</c> and so on.</summary>
    public static int[] BucketsOf(string salt)
    {
        HashLiteral literal = HashLiteral.From(":" + salt);
        int[] buckets = new int[Count];
        for (int i = 0; i < buckets.Length; i++)
        {
            buckets[i] = (int)BucketSpace.Experiment.BucketOf(UserKeyHash.Hash(s_userKeys[i], seed: 0, literal));
        }

        return buckets;
    }

    /// <summary>
    /// How far a count of users may be from <see cref="Count"/> * <paramref name="share"/>: Bernstein's bound, which a random hash
    /// breaks once in a million times at most. That is about 5.4 standard deviations, and 10 users more for small shares.
    /// </summary>
    public static double Tolerance(double share)
    {
        double log = Math.Log(2e6);
        return Math.Sqrt(2 * log * Count * share * (1 - share)) + (2 * log / 3);
    }
}
