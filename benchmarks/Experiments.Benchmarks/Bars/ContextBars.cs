using Experiments.Benchmarks.Limits;
using Experiments.Benchmarks.Snapshots;
using Experiments.Benchmarks.Works;

namespace Experiments.Benchmarks.Bars;

/// <summary>Reading a context.</summary>
internal static class ContextBars
{
    private const int AllocationRuns = 2_000;
    private const double AtMost = 1.75;

    public static IEnumerable<Bar> Measure(MeasureSettings settings)
    {
        var engine = new EngineAccess(EngineAccess.Load(SnapshotBuilder.BuildFor(Contexts.UsedAttributes)));
        Checks.Reading(engine);
        var read = new ReadContext(engine);
        Comparison comparison = Alternation.Compare(read, new WalkJson(Contexts.Json.ToArray()), settings);
        yield return Bar.From(
            comparison, "read-context", "reading a context of 10 attributes from UTF-8 JSON", "Utf8JsonReader over the same bytes") with
        {
            AtMost = AtMost,
            AllocatedBytes = Alternation.AllocatedBytes(read, AllocationRuns),
            AllocatedAtMost = 0,
        };
    }
}
