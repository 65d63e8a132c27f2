using BenchmarkDotNet.Attributes;
using Experiments.Benchmarks.Peers;

namespace Experiments.Benchmarks.Bdn;

/// <summary>Microsoft.FeatureManagement deciding one of so many flags.</summary>
public class FeatureManagementBenchmarks
{
    private const int Operations = 100;

    private FeatureManagementWork? _variant;
    private FeatureManagementWork? _targeting;

    [Params(1, 100)]
    public int Flags { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        _variant = new FeatureManagementWork(Flags);
        _targeting = new FeatureManagementWork(Flags, isTargeting: true);
    }

    [GlobalCleanup]
    public void CleanUp()
    {
        _variant?.Dispose();
        _targeting?.Dispose();
    }

    [Benchmark(OperationsPerInvoke = Operations)]
    public void TwoConditionsAndSplit() => _variant!.Run(Operations);

    [Benchmark(OperationsPerInvoke = Operations)]
    public void TargetingFilter() => _targeting!.Run(Operations);
}
