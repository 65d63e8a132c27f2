using BenchmarkDotNet.Attributes;
using Experiments.Benchmarks.Limits;
using Experiments.Benchmarks.Snapshots;
using Experiments.Benchmarks.Works;
using Experiments.Client;

namespace Experiments.Benchmarks.Bdn;

/// <summary>One decision in a snapshot of 100, and its limits.</summary>
public class DecideBenchmarks
{
    private const int Operations = 1_000;

    private Work? _literal;
    private Work? _values;
    private Work? _context;
    private Work? _flag;
    private Work? _limit;
    private Work? _lookUp;
    private Work? _hash;

    [GlobalSetup]
    public void SetUp()
    {
        byte[] json = SnapshotBuilder.Build(Workload.OneOf, withFlag: true);
        IFeatureDecider decider = new EngineAccess(EngineAccess.Load(json)).Decider;
        string[] keys = [.. Enumerable.Range(0, Workload.OneOf).Select(SnapshotBuilder.KeyOf), Workload.FlagKey];
        string salt = SnapshotBuilder.Salts(json)[42];
        _literal = new DecideOneLiteral(decider);
        _values = new DecideOne(decider);
        _context = new DecideOneInContext(decider, Contexts.Reusable());
        _flag = new FlagIsOn(decider);
        _limit = new OneDecision(keys, salt);
        _lookUp = new LookUp(keys, Workload.Key);
        _hash = new EncodeAndHash(salt);
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Operations)]
    public void Limit() => _limit!.Run(Operations);

    [Benchmark(OperationsPerInvoke = Operations)]
    public void LimitLookUp() => _lookUp!.Run(Operations);

    [Benchmark(OperationsPerInvoke = Operations)]
    public void LimitEncodeAndHash() => _hash!.Run(Operations);

    [Benchmark(OperationsPerInvoke = Operations)]
    public void OneWithLiterals() => _literal!.Run(Operations);

    [Benchmark(OperationsPerInvoke = Operations)]
    public void OneWithValuesOfARequest() => _values!.Run(Operations);

    [Benchmark(OperationsPerInvoke = Operations)]
    public void OneInAReusedContext() => _context!.Run(Operations);

    [Benchmark(OperationsPerInvoke = Operations)]
    public void UntargetedFlagIsOn() => _flag!.Run(Operations);
}
