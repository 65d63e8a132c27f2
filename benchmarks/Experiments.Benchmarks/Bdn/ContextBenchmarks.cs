using BenchmarkDotNet.Attributes;
using Experiments.Benchmarks.Limits;
using Experiments.Benchmarks.Snapshots;
using Experiments.Benchmarks.Works;

namespace Experiments.Benchmarks.Bdn;

/// <summary>Reading a context of 10 attributes from UTF-8 JSON.</summary>
public class ContextBenchmarks
{
    private const int Operations = 1_000;

    private Work? _read;
    private Work? _walk;

    [GlobalSetup]
    public void SetUp()
    {
        _read = new ReadContext(new EngineAccess(EngineAccess.Load(SnapshotBuilder.BuildFor(Contexts.UsedAttributes))));
        _walk = new WalkJson(Contexts.Json.ToArray());
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Operations)]
    public void Utf8JsonReader() => _walk!.Run(Operations);

    [Benchmark(OperationsPerInvoke = Operations)]
    public void ReadContext() => _read!.Run(Operations);
}
