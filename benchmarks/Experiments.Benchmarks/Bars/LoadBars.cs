using Experiments.Benchmarks.Limits;
using Experiments.Benchmarks.Snapshots;
using Experiments.Benchmarks.Works;

namespace Experiments.Benchmarks.Bars;

/// <summary>Loading a large snapshot: time here, memory in a process of its own.</summary>
internal static class LoadBars
{
    private const double TimeAtMost = 3;
    private const double KeptAtMost = 1.2;
    private const double PeakAtMost = 5;

    public static IEnumerable<Bar> Measure(MeasureSettings settings)
    {
        byte[] json = SnapshotBuilder.Build(settings.LoadCount);
        string what = $"{settings.LoadCount:n0} experiments with rules, {json.Length / 1e6:n1} MB of JSON";
        var load = new LoadSnapshot(json);
        Bar time = Bar.From(
            Alternation.Compare(load, new ParseJson(json), settings, collectFirst: true), "load-time", $"load {what}", "JsonDocument.Parse") with
        {
            AtMost = TimeAtMost,
            AllocatedBytes = Alternation.AllocatedBytes(load, 1),
        };
        time.Details["jsonBytes"] = json.Length;
        yield return time;

        LoadMemory memory = LoadMemory.MeasureInNewProcess(settings.LoadCount);
        yield return new Bar
        {
            Id = "load-memory-kept",
            Title = $"memory kept by {what}",
            Unit = "JSON bytes",
            Measured = (double)memory.KeptBytes / memory.JsonBytes,
            AtMost = KeptAtMost,
            Details = { ["keptBytes"] = memory.KeptBytes, ["jsonBytes"] = memory.JsonBytes },
        };
        yield return new Bar
        {
            Id = "load-memory-peak",
            Title = "peak of the managed heap while loading it, the JSON itself included",
            Unit = "JSON bytes",
            Measured = (double)memory.PeakHeapBytes / memory.JsonBytes,
            AtMost = PeakAtMost,
            Details = { ["peakHeapBytes"] = memory.PeakHeapBytes, ["peakResidentBytes"] = memory.PeakResidentBytes, ["jsonBytes"] = memory.JsonBytes },
        };
        yield return new Bar
        {
            Id = "load-memory-resident",
            Title = "growth of the process's resident memory at the peak, for comparison",
            Unit = "JSON bytes",
            Measured = (double)memory.PeakResidentBytes / memory.JsonBytes,
        };
    }
}
