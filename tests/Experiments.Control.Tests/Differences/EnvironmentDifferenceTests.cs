using System.Text.Json;
using CsCheck;
using Experiments.Control.Definitions;
using Experiments.Control.Differences;
using static Experiments.Control.Tests.Differences.Contents;

namespace Experiments.Control.Tests.Differences;

public sealed class EnvironmentDifferenceTests
{
    private static readonly Gen<FlagDefinition> GenFlag = Gen.Select(
        Gen.Int[1, 8], Gen.Bool, Gen.Int[0, 4], Gen.Int[1, 2], Gen.Long[1, 5],
        static (id, isEnabled, rules, variant, weight) => Flag(
            id, $"f{id}", [.. Enumerable.Range(1, rules).Select(rule => Rule(10 + rule, variant: variant)), SplitRule(20, Split(5000, 1, weight))]) with
        {
            IsEnabled = isEnabled,
            DefaultVariantId = Id(variant),
        });

    private static readonly Gen<EnvironmentContent> GenContent = Gen.Select(
        GenFlag.Array[0, 6], Gen.Int[1, 4].Array[0, 4], Gen.Int[1, 4].Array[0, 4],
        static (flags, experiments, audiences) => Of([
            .. flags.DistinctBy(static flag => flag.Id),
            .. experiments.Distinct().Select(static id => Experiment(id, $"e{id}")),
            .. audiences.Distinct().Select(static id => Audience(id, $"a{id}", Rules(("x", "eq", $"{id}")))),
        ]));

    [Fact]
    public void Between_RandomContents_IsSilentOnlyForTheSameAndSymmetric() => Gen.Select(GenContent, GenContent).Sample(
        static (before, after) =>
        {
            Assert.Empty(EnvironmentDifference.Between(before, before with { Flags = [.. before.Flags.Select(Copy)] }));
            IReadOnlyList<Change> there = EnvironmentDifference.Between(before, after);
            IReadOnlyList<Change> back = EnvironmentDifference.Between(after, before);
            Assert.Equal(there.Count(IsAdded), back.Count(IsRemoved));
            Assert.Equal(there.Count(IsRemoved), back.Count(IsAdded));
            Assert.Equal(there.Count, back.Count);
            Assert.All(there, static change => Assert.True(change.Text.EndsWith('.') && change.Path is null != (change.Action == ChangeAction.Changed)));
        },
        iter: 300);

    [Fact]
    public void Between_TimesCountersAndDescriptions_AreNoChanges()
    {
        FlagDefinition flag = Flag(1, "a", Rule(2, "r"));

        Assert.Empty(Texts(flag, flag with
        {
            EnvironmentId = Id(77),
            UpdatedAt = Time.AddDays(1),
            CreatedAt = Time.AddDays(1),
            Revision = 5,
            Sequence = 9,
            Name = "x",
            Description = "y",
        }));
    }

    [Fact]
    public void Between_ReferencesToAnImportedAudience_AreNoChange() => Assert.Empty(Texts(
        Of(Audience(1, "staff"), Flag(2, "f", Rule(3) with { AudienceId = Id(1) }), Experiment(4, "e") with { AudienceId = Id(1) }),
        Of(Audience(8, "staff"), Flag(2, "f", Rule(3) with { AudienceId = Id(8) }), Experiment(4, "e") with { AudienceId = Id(8) })));

    [Fact]
    public void Between_TenThousandFlags_FindsTheFewThatChanged()
    {
        EnvironmentContent before = Of([.. Enumerable.Range(1, 10_000).Select(static id => Flag(id, $"f{id}", Rule(1), Rule(2)))]);
        EnvironmentContent after = before with
        {
            Flags = [.. before.Flags.Select(Copy).Select(static (flag, index) => flag with { IsEnabled = index % 100 != 0 }).Reverse()],
        };
        IReadOnlyList<Change> changes = EnvironmentDifference.Between(before, after);

        Assert.Equal(100, changes.Count);
    }

    [Fact]
    public void Between_OneChange_HasPathAndValuesInJson()
    {
        IReadOnlyList<Change> changes = EnvironmentDifference.Between(
            Of(Flag(9, "price", SplitRule(11, Split(1000, 1, 1)))), Of(Flag(9, "price", SplitRule(11, Split(2500, 1, 1)))));

        string json = JsonSerializer.Serialize(changes, DifferenceJsonContext.Default.IReadOnlyListChange);

        Assert.StartsWith(
            $$"""[{"kind":"flag","id":"{{Id(9)}}","key":"price","action":"changed","path":"rules[0].split.coverage","text":""",
            json,
            StringComparison.Ordinal);
        Assert.EndsWith("\"before\":1000,\"after\":2500}]", json, StringComparison.Ordinal);
    }

    [Fact]
    public void Between_Added_HoldsTheResourceWithNames()
    {
        Change change = EnvironmentDifference.Between(
            Of(Audience(1, "staff")), Of(Audience(1, "staff"), Flag(9, "price", Rule(2) with { AudienceId = Id(1) })))[0];

        Assert.Null(change.Before);
        JsonElement rule = change.After!.Value.GetProperty("rules")[0];
        Assert.Equal("staff", rule.GetProperty("audience").GetString());
        Assert.Equal("high", rule.GetProperty("serves").GetProperty("variant").GetString());
    }

    private static FlagDefinition Copy(FlagDefinition flag) => flag with
    {
        Rules = [.. flag.Rules.Select(static rule => rule with { TargetingRules = [.. rule.TargetingRules] })],
        Variants = [.. flag.Variants.Select(static variant => variant with { })],
    };

    private static bool IsAdded(Change change) => change.Action == ChangeAction.Added;

    private static bool IsRemoved(Change change) => change.Action == ChangeAction.Removed;
}
