using Experiments.Client.Snapshots.Loading;

namespace Experiments.Client.Tests.Snapshots.Loading;

public sealed class PoolTests
{
    [Fact]
    public void Add_ValuesAndTheSameAgain_NumbersEachOnce()
    {
        var pool = new Pool<string>(StringComparer.OrdinalIgnoreCase);
        Assert.Equal([0, 1, 0, 2, 1], new[] { "a", "b", "A", "c", "b" }.Select(pool.Add));
        Assert.Equal(["a", "b", "c"], pool.ToArray());
    }

    /// <summary>Runs that are parts of each other, share a sum or a length, or are empty are not the same.</summary>
    [Fact]
    public void TryAdd_Runs_NumbersTheSameOnceAndKeepsThemInOneList()
    {
        var pool = new RunPool();
        int[][] runs = [[], [1], [1, 2], [2, 1], [1], [], [1, 2, 0], [1, 2], [3]];
        (bool IsNew, int Number)[] added = [.. runs.Select(run => (pool.TryAdd(run, out int number), number))];
        Assert.Equal([(true, 0), (true, 1), (true, 2), (true, 3), (false, 1), (false, 0), (true, 4), (false, 2), (true, 5)], added);
        Assert.Equal([1, 1, 2, 2, 1, 1, 2, 0, 3], pool.Values);
        Assert.Equal(
            runs.Select(run => string.Join(",", run)).Distinct(),
            pool.Runs.Select(run => string.Join(",", pool.Values.AsSpan(run.Start, run.Count).ToArray())));
    }

    [Fact]
    public void TryAdd_ManyRandomRuns_AgreesWithATableOfTexts()
    {
        var random = new Random(5);
        var pool = new RunPool();
        var expected = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < 5_000; i++)
        {
            int[] run = [.. Enumerable.Range(0, random.Next(5)).Select(_ => random.Next(-2, 4))];
            bool isNew = expected.TryAdd(string.Join(",", run), expected.Count);
            Assert.Equal(isNew, pool.TryAdd(run, out int number));
            Assert.Equal(expected[string.Join(",", run)], number);
        }
    }
}
