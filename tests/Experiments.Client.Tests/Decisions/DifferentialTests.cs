using System.Text.Json;
using Experiments.Client.Decisions;
using Experiments.Client.Snapshots;
using Experiments.Client.Snapshots.Loading;
using Experiments.Client.Targeting;
using Experiments.Client.Tests.Reference;
using Microsoft.Extensions.Time.Testing;

namespace Experiments.Client.Tests.Decisions;

/// <summary>The engine against the slow, obvious interpreter, on random snapshots of both formats.</summary>
public sealed class DifferentialTests
{
    private const int CasesPerSnapshot = 50;

    [Fact]
    public void Decide_RandomSnapshots_AgreesWithTheInterpreter()
    {
        int seeds = LongRun.Count(50_000, 1_000_000) / CasesPerSnapshot;
        Parallel.For(0, seeds, seed => Compare(DifferentialCase.Of(seed, CasesPerSnapshot)));
    }

    /// <summary>The comparisons reach what only deciding everything does: flags and experiments that are read from rows.</summary>
    [Fact]
    public void Read_RandomSnapshots_FindsRowsOfAllKinds()
    {
        var rows = new List<FlagRow>();
        int flags = 0;
        for (int seed = 0; seed < 400; seed++)
        {
            CompiledSnapshot snapshot = SnapshotReader.Read(
                DifferentialCase.Of(seed, cases: 1).Snapshot, RandomSnapshots.Environment, RandomSnapshots.Version).Snapshot!;
            rows.AddRange(snapshot.FlagRows);
            flags += snapshot.FlagRows.Where((row, i) => row.Slot != FlagRow.NoSlot && !snapshot.Flags[i].Origin.IsExperiment).Count();
        }

        Assert.InRange(flags, 40, rows.Count);
        Assert.InRange(rows.Count(static row => row.Slot != FlagRow.NoSlot && row.Conditions != FlagRow.NoConditions), 40, rows.Count);
        Assert.InRange(rows.Count(static row => row.Slot == FlagRow.NoSlot), 40, rows.Count);
    }

    private static void Compare(DifferentialCase differential)
    {
        SnapshotLoad load = SnapshotReader.Read(differential.Snapshot, RandomSnapshots.Environment, RandomSnapshots.Version);
        Assert.True(load.IsAccepted, $"seed {differential.Seed}: {string.Join("; ", load.Faults)}");
        ReferenceInterpreter interpreter = differential.Interpreter();
        var context = new DecisionContext();
        foreach (RandomCase random in differential.Cases)
        {
            JsonElement json = JsonElement.Parse(random.ContextJson);
            context.SetJson(random.ContextJson);
            CompiledSnapshot snapshot = SnapshotOverrides.Apply(load.Snapshot!, random.Overrides);
            var surroundings = new DecisionSurroundings(new FakeTimeProvider(random.Now), new DictionaryStickyStore(random.Sticky));
            ReferenceDecision expected = interpreter.Decide(
                random.Key, random.UserKey, json, random.Now, random.Overrides, random.Sticky);
            Decision actual = snapshot.FlagByKey.TryGetValue(random.Key, out int flag)
                ? Modes.Decide(snapshot, flag, random.UserKey, new ContextAttributes(context), surroundings)
                : snapshot.FlagNotFound;
            Assert.True(AreSame(expected, actual), $"""
                expected: {expected}
                actual:   {actual}, fault {actual.Fault}, from split {actual.IsFromSplit}, rule {actual.RuleId}
                {differential.Describe(random)}
                """);
            CompareAssignments(differential, random, interpreter, snapshot, surroundings, context, json);
        }
    }

    private static void CompareAssignments(
        DifferentialCase differential,
        RandomCase random,
        ReferenceInterpreter interpreter,
        CompiledSnapshot snapshot,
        DecisionSurroundings surroundings,
        DecisionContext context,
        JsonElement json)
    {
        int[] endings = new int[snapshot.ExperimentRows.Length];
        Evaluator.DecideExperiments(snapshot, surroundings, random.UserKey, endings, new ContextAttributes(context));
        Decision[] actual = [.. endings.Where(ending => ending >= Ending.FirstOutcome)
            .Select(ending => snapshot.Program.Outcomes[ending]).Where(decision => decision.IsAssigned)];
        IReadOnlyList<ReferenceAssignment> expected = interpreter.Assignments(
            random.UserKey, json, random.Now, random.Overrides, random.Sticky);
        Assert.True(expected.Count == actual.Length && expected.Zip(actual).All(pair => AreSame(pair.First, pair.Second)), $"""
            expected: {string.Join(", ", expected)}
            actual:   {string.Join<Decision>(", ", actual)}
            {differential.Describe(random)}
            """);
    }

    private static bool AreSame(ReferenceDecision expected, Decision actual) => expected.Reason == actual.ReasonText
        && expected.VariantKey == actual.VariantKey
        && expected.VariantId == actual.VariantId
        && expected.ExperimentId == actual.ExperimentId
        && expected.Fault == actual.Fault
        && expected.RuleId == actual.RuleId
        && expected.IsFromSplit == actual.IsFromSplit
        && AreSame(expected.PayloadJson, actual.Payload);

    private static bool AreSame(ReferenceAssignment expected, Decision actual) => expected.ExperimentKey == actual.Key
        && expected.ExperimentId == actual.ExperimentId
        && expected.VariantKey == actual.VariantKey
        && expected.VariantId == actual.VariantId
        && AreSame(expected.PayloadJson, actual.Payload);

    private static bool AreSame(string? expected, JsonElement actual) => expected is null
        ? actual.ValueKind == JsonValueKind.Undefined
        : actual.ValueKind != JsonValueKind.Undefined && Experiments.Tests.Support.JsonValues.AreEqual(JsonElement.Parse(expected), actual);

    private sealed class DictionaryStickyStore(IReadOnlyDictionary<string, string> entries) : IStickyStore
    {
        public string? Find(string userKey, string entry) => entries.GetValueOrDefault(entry);
    }
}
