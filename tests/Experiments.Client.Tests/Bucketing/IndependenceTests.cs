using Experiments.Client.Bucketing;

namespace Experiments.Client.Tests.Bucketing;

/// <summary>Which variant a user gets in one experiment says nothing about another, however alike their salts.</summary>
public sealed class IndependenceTests
{
    private const int Cells = 100;
    private const int BucketsPerCell = Buckets.Count / Cells;

    private static int Users => LongRun.Count(200_000, 5_000_000);

    [Theory]
    [InlineData("experiment-1", "experiment-2")]
    [InlineData("1", "2")]
    [InlineData("a", "aa")]
    [InlineData("", "a")]
    [InlineData("2f6c1b5e-8d0a-4e3b-9c47-0a1b2c3d4e5f", "2f6c1b5e-8d0a-4e3b-9c47-0a1b2c3d4e50")]
    [InlineData("2f6c1b5e-8d0a-4e3b-9c47-0a1b2c3d4e5f", "3f6c1b5e-8d0a-4e3b-9c47-0a1b2c3d4e5f")]
    public void Bucket_SimilarSaltsSequentialUserKeys_AreIndependent(string first, string second)
    {
        int[,] joint = new int[Cells, Cells];
        for (int i = 0; i < Users; i++)
        {
            string userKey = $"user-{i}";
            joint[Buckets.Of(userKey, first) / BucketsPerCell, Buckets.Of(userKey, second) / BucketsPerCell]++;
        }

        ChiSquare.AssertIndependent(joint);
    }

    [Fact]
    public void Bucket_NeighbouringUserKeysOneSalt_AreIndependent()
    {
        int[,] joint = new int[Cells, Cells];
        for (int i = 0; i < Users; i++)
        {
            joint[Buckets.Of($"user-{2 * i}") / BucketsPerCell, Buckets.Of($"user-{(2 * i) + 1}") / BucketsPerCell]++;
        }

        ChiSquare.AssertIndependent(joint);
    }
}
