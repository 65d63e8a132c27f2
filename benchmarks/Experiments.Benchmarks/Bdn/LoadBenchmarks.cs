using BenchmarkDotNet.Attributes;
using Experiments.Benchmarks.Limits;
using Experiments.Benchmarks.Snapshots;
using Experiments.Benchmarks.Works;

namespace Experiments.Benchmarks.Bdn;

/// <summary>Loading a snapshot, making it live, and starting from the file on disk.</summary>
public class LoadBenchmarks
{
    private const int Swaps = 1_000;

    private string _directory = "";
    private Work? _parse;
    private Work? _load;
    private Work? _swap;
    private Work? _start;

    [Params(10, 1_000, 10_000)]
    public int Experiments { get; set; }

    [GlobalSetup]
    public async Task SetUpAsync()
    {
        byte[] json = SnapshotBuilder.Build(Experiments);
        object first = EngineAccess.Load(json);
        _directory = Directory.CreateTempSubdirectory("experiments-benchmark-").FullName;
        await EngineAccess.WriteLastGoodAsync(_directory, json);
        _parse = new ParseJson(json);
        _load = new LoadSnapshot(json);
        _swap = new SwapSnapshot(new EngineAccess(first), first, EngineAccess.Load(json));
        _start = new StartFromDisk(_directory);
    }

    [GlobalCleanup]
    public void CleanUp() => Directory.Delete(_directory, recursive: true);

    [Benchmark(Baseline = true)]
    public void ParseJsonDocument() => _parse!.Run(1);

    [Benchmark]
    public void Load() => _load!.Run(1);

    [Benchmark(OperationsPerInvoke = Swaps)]
    public void Swap() => _swap!.Run(Swaps);

    [Benchmark]
    public void StartFromDiskToFirstDecision() => _start!.Run(1);
}
