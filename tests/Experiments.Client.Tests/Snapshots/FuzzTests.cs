using Experiments.Client.Fuzz;
using Experiments.Client.Tests.Reference;

namespace Experiments.Client.Tests.Snapshots;

/// <summary>The fuzz targets on their corpus, on random snapshots and contexts, and on what a seed makes of these.</summary>
public sealed class FuzzTests
{
    private const int Seed = 20_261_124;

    [Theory]
    [InlineData("snapshot", 15_000, 2_000_000)]
    [InlineData("context", 60_000, 5_000_000)]
    public void Run_CorpusAndMutations_KeepsTheContract(string name, int usual, int full)
    {
        FuzzTarget target = FuzzTargets.Find(name)!;
        IReadOnlyList<byte[]> corpus = Corpus.Read(name);
        Assert.NotEmpty(corpus);
        var run = new FuzzRun(target, corpus, Seed);
        run.RunCorpus();
        run.RunMutations(LongRun.Count(usual, full));
        Assert.Null(run.Failure);

        // Else nearly all of it would test the refusal only.
        Assert.True(run.Accepted > usual / 20, $"{run.Accepted} inputs were accepted");
    }

    [Fact]
    public void Run_RandomSnapshotsMutated_KeepsTheContract()
    {
        for (int seed = 0; seed < LongRun.Count(150, 10_000); seed++)
        {
            byte[] snapshot = seed % 4 == 0 ? RandomSnapshots.Format1(seed) : RandomSnapshots.Format2(seed);
            var run = new FuzzRun(FuzzTargets.Snapshot, [snapshot, RandomSnapshots.Format2(~seed)], seed);
            run.RunCorpus();
            Assert.Equal(2, run.Accepted);
            run.RunMutations(100);
            Assert.True(run.Failure is null, $"seed {seed}: {run.Failure}");
        }
    }
}
