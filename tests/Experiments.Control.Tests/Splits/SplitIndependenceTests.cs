using System.Numerics;
using Experiments.Control.Splits;

namespace Experiments.Control.Tests.Splits;

/// <summary>
/// What a user gets in one experiment says nothing about any other, nor whether they are covered about what they get: 60 experiments
/// and 100,000 users in sequence.
/// </summary>
public sealed class SplitIndependenceTests
{
    private const int Experiments = 60;
    private const int WordBits = 64;

    // Of independent splits phi has a standard deviation of 0.0032: this is 4.7 of them, for 1770 pairs.
    private const double MaxPhi = 0.015;

    // In standard deviations of a fair coin: one of 14,000 counts, as here, is further off in less than 1 of 100 audits.
    private const double MaxDeviations = 5;

    private static readonly Guid A = new(1, 0, 0, new byte[8]);
    private static readonly Guid B = new(2, 0, 0, new byte[8]);

    private static readonly Lazy<int[][]> s_uuids = new(static () => [.. Uuids().Select(SplitUsers.BucketsOf)]);
    private static readonly Lazy<int[][]> s_alike =
        new(static () => [.. Enumerable.Range(0, Experiments).Select(static i => SplitUsers.BucketsOf($"checkout-{i}"))]);

    /// <summary>As the server makes them (from a fixed seed), and as alike as people might choose them.</summary>
    public static TheoryData<string> Salts => ["uuids", "alike"];

    [Theory]
    [MemberData(nameof(Salts))]
    public void Splits_EveryPairOfHalves_AreUncorrelated(string salts)
    {
        ulong[][] halves = [.. Buckets(salts).Select(static buckets => Users(buckets, 10_000, A))];
        for (int i = 0; i < Experiments; i++)
        {
            for (int j = 0; j < i; j++)
            {
                double phi = Phi(halves[i], halves[j]);
                Assert.True(Math.Abs(phi) < MaxPhi, $"{salts} {i} and {j}: {phi}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Salts))]
    public void Splits_OfUsersThatAnotherCovers_AreStillHalves(string salts)
    {
        int[][] buckets = Buckets(salts);
        ulong[][] halves = [.. buckets.Select(static buckets => Users(buckets, 10_000, A))];
        foreach (int coverage in (int[])[1000, 5000])
        {
            for (int i = 0; i < Experiments; i++)
            {
                ulong[] covered = Covered(buckets[i], coverage);
                for (int j = 0; j < Experiments; j++)
                {
                    if (i != j)
                    {
                        AssertHalf(Both(covered, halves[j]), Count(covered), $"{salts}: {j} where {i} covers {coverage}");
                    }
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Salts))]
    public void Splits_OfTheirOwnCoverage_AreHalves(string salts)
    {
        foreach (int[] buckets in Buckets(salts))
        {
            foreach (int coverage in (int[])[1000, 5000])
            {
                ulong[] covered = Covered(buckets, coverage);
                int users = Count(covered);

                AssertHalf(Both(covered, Users(buckets, coverage, A)), users, $"{salts} at {coverage}");
                double share = coverage / 10_000.0;
                Assert.True(Math.Abs(users - (share * SplitUsers.Count)) <= SplitUsers.Tolerance(share), $"{salts} at {coverage}: {users}");
            }
        }
    }

    private static int[][] Buckets(string salts) => (salts == "uuids" ? s_uuids : s_alike).Value;

    private static IEnumerable<string> Uuids()
    {
        Random random = new(20_261_124);
        byte[] bytes = new byte[16];
        for (int i = 0; i < Experiments; i++)
        {
            random.NextBytes(bytes);
            yield return new Guid(bytes).ToString();
        }
    }

    /// <summary>Whoever gets this variant, one bit each.</summary>
    private static ulong[] Users(int[] buckets, int coverage, Guid variantId)
    {
        BucketMap map = SplitPlanner.Plan(
            BucketMap.Empty, [new VariantWeight(A, 1), new VariantWeight(B, 1)], Coverage.FromBuckets(coverage));
        bool[] gets = new bool[BucketRange.BucketCount];
        foreach (VariantRange range in map.Ranges.Where(range => range.VariantId == variantId))
        {
            Array.Fill(gets, true, range.Buckets.Start, range.Buckets.Count);
        }

        ulong[] users = new ulong[(buckets.Length + WordBits - 1) / WordBits];
        for (int i = 0; i < buckets.Length; i++)
        {
            users[i / WordBits] |= (gets[buckets[i]] ? 1UL : 0) << (i % WordBits);
        }

        return users;
    }

    private static ulong[] Covered(int[] buckets, int coverage)
    {
        ulong[] a = Users(buckets, coverage, A);
        ulong[] b = Users(buckets, coverage, B);
        return [.. a.Zip(b, static (x, y) => x | y)];
    }

    private static void AssertHalf(int count, int of, string what)
    {
        double deviations = (count - (of / 2.0)) / (Math.Sqrt(of) / 2);
        Assert.True(Math.Abs(deviations) <= MaxDeviations, $"{what}: {count} of {of}, {deviations} standard deviations");
    }

    private static double Phi(ulong[] a, ulong[] b)
    {
        double users = SplitUsers.Count;
        double inA = Count(a);
        double inB = Count(b);
        return ((users * Both(a, b)) - (inA * inB)) / Math.Sqrt(inA * (users - inA) * inB * (users - inB));
    }

    private static int Both(ulong[] a, ulong[] b)
    {
        int count = 0;
        for (int i = 0; i < a.Length; i++)
        {
            count += BitOperations.PopCount(a[i] & b[i]);
        }

        return count;
    }

    private static int Count(ulong[] users) => Both(users, users);
}
