using BenchmarkDotNet.Attributes;
using Experiments.Benchmarks.Snapshots;
using Experiments.Benchmarks.Works;
using Experiments.Client;

namespace Experiments.Benchmarks.Bdn;

/// <summary>So many decisions by one thread, and as many by each of two at once: equal times are perfect scaling.</summary>
public class ThreadBenchmarks
{
    // A millisecond or more, beside which handing over to the pool's threads is little.
    private const int Operations = 20_000;

    private readonly Work[] _works = new Work[2];

    [GlobalSetup]
    public void SetUp()
    {
        IFeatureDecider decider = new EngineAccess(EngineAccess.Load(SnapshotBuilder.Build(Workload.OneOf))).Decider;
        for (int i = 0; i < _works.Length; i++)
        {
            _works[i] = new DecideOne(decider);
        }
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Operations)]
    public void OneThread() => _works[0].Run(Operations);

    [Benchmark(OperationsPerInvoke = Operations)]
    public void TwoThreads()
    {
        Task other = Task.Run(() => _works[1].Run(Operations));
        _works[0].Run(Operations);
        other.Wait();
    }
}
