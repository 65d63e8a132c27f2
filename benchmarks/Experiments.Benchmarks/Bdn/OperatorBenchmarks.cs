using BenchmarkDotNet.Attributes;
using Experiments.Benchmarks.Bars;
using Experiments.Benchmarks.Snapshots;
using Experiments.Benchmarks.Works;

namespace Experiments.Benchmarks.Bdn;

/// <summary>One experiment or flag with one condition that matches, for each operator of <see cref="OperatorCase"/>.</summary>
public class OperatorBenchmarks
{
    private const int Operations = 1_000;

    private Work? _decide;

    public static IEnumerable<string> Operators => OperatorCase.All.Select(static c => c.Operator);

    [ParamsSource(nameof(Operators))]
    public string Operator { get; set; } = "";

    [GlobalSetup]
    public void SetUp()
    {
        OperatorCase operatorCase = OperatorCase.Find(Operator);
        var engine = new EngineAccess(EngineAccess.Load(SnapshotBuilder.BuildFor(operatorCase)));
        _decide = new DecideOneInContext(engine.Decider, OperatorChecks.ContextFor(operatorCase));
    }

    [Benchmark(OperationsPerInvoke = Operations)]
    public void Decide() => _decide!.Run(Operations);
}
