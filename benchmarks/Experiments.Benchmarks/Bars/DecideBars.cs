using Experiments.Benchmarks.Limits;
using Experiments.Benchmarks.Peers;
using Experiments.Benchmarks.Snapshots;
using Experiments.Benchmarks.Works;
using Experiments.Client;

namespace Experiments.Benchmarks.Bars;

/// <summary>One decision, a flag, all of many.</summary>
internal static class DecideBars
{
    private const int AllocationRuns = 2_000;
    private const double OneAtMost = 1.5;
    private const double OneLiteralAtMost = 1.25;
    private const double FlagAtMost = 1.5;
    private const double AllAtMost = 0.4;

    public static IEnumerable<Bar> Measure(MeasureSettings settings)
    {
        byte[] json = SnapshotBuilder.Build(Workload.OneOf, withFlag: true);
        IFeatureDecider decider = new EngineAccess(EngineAccess.Load(json)).Decider;
        string[] keys = [.. Enumerable.Range(0, Workload.OneOf).Select(SnapshotBuilder.KeyOf), Workload.FlagKey];
        string salt = SnapshotBuilder.Salts(json)[42];
        Checks.Yardstick(salt);
        Checks.Deciding(decider);
        var limit = new OneDecision(keys, salt);

        var one = new DecideOne(decider);
        yield return Free(one, Bar.From(
            Alternation.Compare(one, limit, settings),
            "decide-one", "one experiment, two conditions, context on the stack, values from a request") with { AtMost = OneAtMost });

        var literal = new DecideOneLiteral(decider);
        yield return Free(literal, Bar.From(
            Alternation.Compare(literal, limit, settings),
            "decide-one-literal", "the same with literal attribute values") with { AtMost = OneLiteralAtMost });

        var flag = new FlagIsOn(decider);
        yield return Free(flag, Bar.From(
            Alternation.Compare(flag, new LookUp(keys, Workload.FlagKey), settings),
            "flag-is-on", "untargeted flag, IsOn", "frozen look-up") with { AtMost = FlagAtMost });

        foreach (int count in new[] { 100, 1_000 })
        {
            yield return MeasureAll(count, limit, settings);
        }

        foreach (int flags in new[] { 1, 100 })
        {
            using var peer = new FeatureManagementWork(flags);
            yield return Bar.From(
                Alternation.Compare(peer, one, settings),
                $"peer-feature-management-{flags}",
                $"Microsoft.FeatureManagement, one decision, {flags} {(flags == 1 ? "flag" : "flags")}",
                "our decision") with { AllocatedBytes = Alternation.AllocatedBytes(peer, AllocationRuns) };
        }
    }

    private static Bar MeasureAll(int count, OneDecision limit, MeasureSettings settings)
    {
        IFeatureDecider decider = new EngineAccess(EngineAccess.Load(SnapshotBuilder.Build(count))).Decider;
        var all = new DecideAll(decider);
        Checks.DecidingAll(all, count);
        return Free(all, Bar.From(
            Alternation.Compare(all, limit, settings),
            $"decide-all-{count}", $"all of {count:n0} experiments, two conditions each, per experiment", scale: 1.0 / count) with { AtMost = AllAtMost });
    }

    private static Bar Free(Work work, Bar bar) =>
        bar with { AllocatedBytes = Alternation.AllocatedBytes(work, AllocationRuns), AllocatedAtMost = 0 };
}
