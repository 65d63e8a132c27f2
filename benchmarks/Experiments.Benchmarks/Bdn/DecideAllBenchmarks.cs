using BenchmarkDotNet.Attributes;
using Experiments.Benchmarks.Snapshots;
using Experiments.Benchmarks.Works;

namespace Experiments.Benchmarks.Bdn;

/// <summary>Every experiment of a snapshot for one user.</summary>
public class DecideAllBenchmarks
{
    private Work? _all;

    [Params(1, 10, 100, 1_000)]
    public int Experiments { get; set; }

    [GlobalSetup]
    public void SetUp() => _all = new DecideAll(new EngineAccess(EngineAccess.Load(SnapshotBuilder.Build(Experiments))).Decider);

    [Benchmark]
    public void All() => _all!.Run(1);
}
