using Experiments.Client.Decisions;
using Experiments.Client.Snapshots;
using Experiments.Client.Snapshots.Loading;

namespace Experiments.Client.Tests.Snapshots.Loading;

/// <summary>Which experiments are decided by a row, and that all at once comes out as each alone.</summary>
public sealed class RowBuilderTests
{
    private const string None = "[]";

    private static readonly string s_us = SnapshotJson.Rule("country", "eq", "\"US\"");
    private static readonly string s_notUs = SnapshotJson.Rule("country", "neq", "\"US\"");
    private static readonly string s_adult = SnapshotJson.Rule("age", "gt", "17.9");
    private static readonly string s_mail = SnapshotJson.Rule("mail", "contains", "\"@\"");
    private static readonly string s_either =
        """[{"conditions":[{"attribute":"country","operator":"eq","value":"US"}]},{"conditions":[{"attribute":"country","operator":"eq","value":"CA"}]}]""";

    [Fact]
    public void RowOf_ConditionsAndASplit_AreARow()
    {
        CompiledSnapshot snapshot = Load((None, None), (None, s_us), (s_adult, s_us), (s_mail, s_notUs));
        Assert.All(snapshot.FlagRows, static row => Assert.NotEqual(FlagRow.NoSlot, row.Slot));
        Assert.Equal(FlagRow.NoConditions, snapshot.FlagRows[0].Conditions);
    }

    [Fact]
    public void RowOf_TheSameConditions_AreNumberedOnce()
    {
        CompiledSnapshot snapshot = Load((s_adult, s_us), (s_adult, s_us), (s_us, s_adult), (s_adult, s_notUs));
        ushort[] numbers = [.. snapshot.FlagRows.Select(static row => row.Conditions)];
        Assert.Equal(numbers[0], numbers[1]);
        Assert.Equal(3, numbers.Distinct().Count());
    }

    [Fact]
    public void RowOf_OneOfSeveralConditions_IsRun()
    {
        CompiledSnapshot snapshot = Load((None, s_either), (None, s_us), (None, s_us), (None, s_us));
        Assert.Equal(FlagRow.NoSlot, snapshot.FlagRows[0].Slot);
        Assert.NotEqual(FlagRow.NoSlot, snapshot.FlagRows[1].Slot);
    }

    [Theory]
    [InlineData(4, true)]
    [InlineData(5, false)]
    public void RowOf_Cuts_UpToFourAreARow(int cuts, bool isRow)
    {
        string allocations = Allocations(cuts);
        CompiledSnapshot snapshot = Read([.. Enumerable.Range(0, 4).Select(i => SnapshotJson.Experiment($"e{i}", $"salt{i}", allocations: allocations))]);
        Assert.All(snapshot.FlagRows, row => Assert.Equal(isRow, row.Slot != FlagRow.NoSlot));
        AssertAllEqualsEach(snapshot);
    }

    [Fact]
    public void RowOf_ASaltThatNoBatchHashes_IsRun()
    {
        CompiledSnapshot snapshot = Load((None, s_us));
        Assert.Equal(FlagRow.NoSlot, Assert.Single(snapshot.FlagRows).Slot);
        AssertAllEqualsEach(snapshot);
    }

    [Fact]
    public void DecideAll_RowsAndOthers_EqualEachAlone() => AssertAllEqualsEach(Load(
        (None, None), (None, s_us), (s_adult, s_us), (s_mail, s_notUs), (None, s_either), (s_either, s_adult), (s_us, s_notUs), (s_notUs, s_notUs),
        (s_mail, s_us), (s_adult, None), (s_adult, s_mail)));

    [Fact]
    public void DecideAll_FlagsWithConditionsOfTheirOwn_EqualEachAlone()
    {
        string hashes = string.Join(',', Enumerable.Range(0, 4).Select(static i =>
            $$"""
            "h{{i}}":{"fn":"murmur3","input":[{"attr":["$key"]},":salt{{i}}"],"buckets":10000}
            """));
        string flags = string.Join(',', Enumerable.Range(0, 4).Select(static i =>
            $$"""
            {"key":"f{{i}}","variants":{"a":1,"b":2},"rules":[{"if":{"attribute":"age","operator":"gt","value":{{i * 10}}},
            "serve":{"hash":"h{{i}}","ranges":[{"start":0,"end":5000,"variant":"a"},{"start":5000,"end":10000,"variant":"b"}]} }]}
            """));
        SnapshotLoad load = SnapshotReader.Read(
            SnapshotJson.Of(extra: $$"""
            "format":2,"hashes":{ {{hashes}} },"flags":[{{flags}}],
            """), SnapshotJson.Environment, 1);
        Assert.Empty(load.Faults);
        Assert.Contains(load.Snapshot!.FlagRows, static row => row.Slot != FlagRow.NoSlot);
        AssertAllEqualsEach(load.Snapshot);
    }

    [Fact]
    public void DecideAll_Overridden_IsNotTheRow()
    {
        CompiledSnapshot snapshot = SnapshotOverrides.Apply(
            Load((None, s_us), (None, s_us), (None, s_us)), new Dictionary<string, string?>(StringComparer.Ordinal) { ["e1"] = "treatment" });
        AssertAllEqualsEach(snapshot);
        Assert.Equal(FlagRow.NoSlot, snapshot.ExperimentRows[1].Slot);
    }

    private static CompiledSnapshot Load(params (string Audience, string Targeting)[] rules) => Read([.. rules.Select((rule, i) =>
        SnapshotJson.Experiment($"e{i}", $"salt-{i:d2}", rule.Audience, rule.Targeting))]);

    private static CompiledSnapshot Read(string[] experiments)
    {
        SnapshotLoad load = SnapshotReader.Read(SnapshotJson.Of($"[{string.Join(',', experiments)}]"), SnapshotJson.Environment, 1);
        Assert.Empty(load.Faults);
        return load.Snapshot!;
    }

    /// <summary>Ranges beside each other, control and treatment in turn.</summary>
    private static string Allocations(int count) => $"[{string.Join(',', Enumerable.Range(0, count).Select(i =>
        $$"""{"variantId":"{{(i % 2 == 0 ? "id-control" : "id-treatment")}}","rangeStart":{{i * 2_000}},"rangeEnd":{{(i == count - 1 ? 9_999 : (i * 2_000) + 1_999)}}}"""))}]";

    private static void AssertAllEqualsEach(CompiledSnapshot snapshot)
    {
        DecisionContext[] contexts =
        [
            new(),
            new DecisionContext().Set("country", "US"),
            new DecisionContext().Set("country", "CA").Set("age", 18),
            new DecisionContext().Set("country", "US").Set("age", 17.9).Set("mail", "a@b"),
            new DecisionContext().Set("country", "US").Set("age", 40).Set("mail", "a@b"),
            new DecisionContext().Set("age", "40").Set("mail", 1),
        ];
        Decision[] all = new Decision[snapshot.Flags.Length];
        for (int user = 0; user < 300; user++)
        {
            foreach (DecisionContext context in contexts)
            {
                var attributes = new Experiments.Client.Targeting.ContextAttributes(context);
                Evaluator.DecideAll(snapshot, DecisionSurroundings.Default, $"user-{user}", all, in attributes);
                for (int i = 0; i < all.Length; i++)
                {
                    Assert.Same(Evaluator.Decide(snapshot, i, DecisionSurroundings.Default, $"user-{user}", in attributes), all[i]);
                }
            }
        }
    }
}
