using Experiments.Control.Definitions;
using static Experiments.Control.Tests.Differences.Contents;

namespace Experiments.Control.Tests.Differences;

public sealed class FlagDifferenceTests
{
    private static readonly FlagDefinition Price = Flag(9, "price", Rule(11, "a"), Rule(12, "b"), Rule(13, "staff"));

    private static FlagDefinition Rollout(SplitDefinition split) => Flag(9, "price", SplitRule(11, split));

    /// <summary>By the sentence that each leads to.</summary>
    private static readonly Dictionary<string, Func<FlagDefinition, FlagDefinition>> Edits = new(StringComparer.Ordinal)
    {
        { "turned off.", static flag => flag with { IsEnabled = false } },
        { "archived.", static flag => flag with { IsArchived = true } },
        { "renamed from \"price\".", static flag => flag with { Key = "cost" } },
        { "type json -> integer.", static flag => flag with { Type = FlagType.Integer } },
        { "default variant \"low\" -> \"high\".", static flag => flag with { DefaultVariantId = Id(2) } },
        { "variant while off the caller's fallback -> \"high\".", static flag => flag with { OffVariantId = Id(2) } },
        { "tags \"ads\" added.", static flag => flag with { Tags = ["ads"] } },
        { "variant \"mid\" was added (value 15).", static flag => flag with { Variants = [.. flag.Variants, FlagVariant(3, "mid", "15")] } },
        { "variant \"high\" was removed.", static flag => flag with { Variants = [flag.Variants[0]] } },
        { "variant \"high\" value: 20 -> 25.", static flag => flag with { Variants = [flag.Variants[0], FlagVariant(2, "high", "25")] } },
        { "variant \"top\" renamed from \"high\".", static flag => flag with { Variants = [flag.Variants[0], FlagVariant(2, "top", "20")] } },
        { "user \"qa-1\" is set to \"high\".", static flag => flag with { Overrides = [Override(1, 2)] } },
        { "overrides of users: 1,000 added.", static flag => flag with { Overrides = [.. Enumerable.Range(0, 1000).Select(i => Override(i, 1))] } },
        { "rule 2 \"b\" was removed.", static flag => flag with { Rules = [flag.Rules[0], flag.Rules[2]] } },
        { "rule \"staff\" moved from 3 to 1.", static flag => flag with { Rules = [flag.Rules[2], flag.Rules[0], flag.Rules[1]] } },
        { "rule \"a\" moved from 1 to 3.", static flag => flag with { Rules = [flag.Rules[1], flag.Rules[2], flag.Rules[0]] } },
        { "rule 1 \"a\" serves \"low\", before: serves \"high\".", static flag => WithRule(flag, rule => rule with { VariantId = Id(1) }) },
        {
            "rule 1 \"a\" conditions everyone -> plan is \"pro\".",
            static flag => WithRule(flag, rule => rule with { TargetingRules = Rules(("plan", "eq", "\"pro\"")) })
        },
        {
            "rule 1 \"a\" schedule always -> from 2026-12-01 00:00 UTC.",
            static flag => WithRule(flag, rule => rule with { Schedule = new ScheduleDefinition { From = Time } })
        },
        {
            "rule 1 \"a\" flag \"x\" must serve \"on\" (prerequisite added).",
            static flag => WithRule(flag, rule => rule with { Prerequisites = [new() { FlagKey = "x", Variants = ["on"] }] })
        },
    };

    public static TheoryData<string> Sentences => [.. Edits.Keys];

    [Theory]
    [MemberData(nameof(Sentences))]
    public void Between_OneEdit_IsOneSentence(string expected)
    {
        FlagDefinition after = Edits[expected](Price);

        Assert.Equal([$"Flag \"{after.Key}\": {expected}"], Texts(Price, after));
    }

    [Fact]
    public void Between_AddedAndRemoved_AreSummedUp()
    {
        FlagDefinition flag = Flag(9, "new-nav", Rule(1), Rule(2)) with { Type = FlagType.Boolean };

        Assert.Equal(["Flag \"new-nav\" was added (boolean, enabled, 2 rules)."], Texts(Of(), Of(flag)));
        Assert.Equal(["Flag \"new-nav\" was removed."], Texts(Of(flag), Of()));
    }

    [Fact]
    public void Between_RuleAdded_IsReadOut()
    {
        FlagRuleDefinition rule = Rule(21, "EU customers") with
        {
            AudienceId = Id(5),
            TargetingRules = Rules(("country", "in", "[\"DE\",\"FR\"]"), ("plan", "eq", "\"pro\"")),
            Schedule = new ScheduleDefinition { From = Time },
            Prerequisites = [new PrerequisiteDefinition { FlagKey = "x", Variants = ["on"] }],
        };
        AudienceDefinition staff = Audience(5, "staff");

        string[] texts = Texts(Of(staff, Flag(9, "price", Rule(11))), Of(staff, Flag(9, "price", Rule(11), rule)));

        Assert.Equal(
            ["Flag \"price\": rule 2 \"EU customers\" was added: if in audience \"staff\" and country is one of \"DE\", \"FR\" and plan is \"pro\""
                + " and flag \"x\" serves \"on\", from 2026-12-01 00:00 UTC, serves \"high\"."],
            texts);
    }

    [Fact]
    public void Between_RuleWithASplitAdded_NamesTheWeights() => Assert.Equal(
        ["Flag \"price\": rule 1 \"rollout\" was added: for everyone, splits 25 % of users 1:3 over \"low\" and \"high\"."],
        Texts(Flag(9, "price"), Rollout(Split(2500, 1, 3))));

    [Fact]
    public void Between_Splits_NamesWhatChanged()
    {
        SplitDefinition ramp = Split(1000, 50, 50) with { Ramp = [new RampStepDefinition { At = Time, Coverage = 5000 }] };

        Assert.Equal(["Flag \"price\": rule 1 \"rollout\" coverage 10 % -> 25 %."], Texts(Rollout(Split(1000, 1, 1)), Rollout(Split(2500, 1, 1))));
        Assert.Equal(
            ["Flag \"price\": rule 1 \"rollout\" weights of \"low\" to \"high\" changed from 50:50 to 70:30."],
            Texts(Rollout(Split(10_000, 50, 50)), Rollout(Split(10_000, 70, 30))));
        Assert.Equal(
            ["Flag \"price\": rule 1 \"rollout\" ramp none -> 50 % from 2026-12-01 00:00 UTC."],
            Texts(Rollout(Split(1000, 50, 50)), Rollout(ramp)));
        Assert.Empty(Texts(Rollout(Split(1000, 50, 50)), Rollout(Split(1000, 1, 1))));
    }

    [Fact]
    public void Between_ListOfACondition_NamesOnlyTheValues()
    {
        FlagDefinition before = WithRule(Price, rule => rule with { TargetingRules = Rules(("country", "in", "[\"DE\",\"IT\"]")) });
        FlagDefinition after = WithRule(Price, rule => rule with { TargetingRules = Rules(("country", "in", "[\"FR\",\"DE\"]")) });

        Assert.Equal(["Flag \"price\": rule 1 \"a\" list of country (in): added \"FR\", removed \"IT\"."], Texts(before, after));
    }

    [Fact]
    public void Between_ReversedRules_MovesAllButOne()
    {
        FlagRuleDefinition[] rules = [.. Enumerable.Range(1, 50).Select(id => Rule(id))];

        string[] texts = Texts(Flag(9, "f", rules), Flag(9, "f", [.. rules.Reverse()]));

        Assert.Equal(49, texts.Length);
        Assert.Contains("Flag \"f\": rule 50 moved to 1.", texts);
    }

    [Fact]
    public void Between_ImportedFlag_IsMatchedByItsKeys()
    {
        FlagDefinition imported = Price with
        {
            Id = Id(99),
            Variants = [FlagVariant(31, "low", "10"), FlagVariant(32, "high", "20")],
            DefaultVariantId = Id(31),
            Rules = [.. Price.Rules.Select((rule, index) => rule with { Id = Id(50 + index), VariantId = Id(32) })],
        };

        Assert.Empty(Texts(Price, imported));
        Assert.Equal(["Flag \"price\": turned off."], Texts(Price, imported with { IsEnabled = false }));
    }

    private static OverrideDefinition Override(int user, int variant) => new() { UserKey = $"qa-{user}", VariantId = Id(variant) };

    private static FlagDefinition WithRule(FlagDefinition flag, Func<FlagRuleDefinition, FlagRuleDefinition> edit) =>
        flag with { Rules = [edit(flag.Rules[0]), .. flag.Rules.Skip(1)] };
}
