using Experiments.Control.Definitions;
using static Experiments.Control.Tests.Differences.Contents;

namespace Experiments.Control.Tests.Differences;

public sealed class ExperimentDifferenceTests
{
    private static readonly ExperimentDefinition Checkout = Experiment(7, "checkout");

    /// <summary>By the sentence that each leads to.</summary>
    private static readonly Dictionary<string, Func<ExperimentDefinition, ExperimentDefinition>> Edits = new(StringComparer.Ordinal)
    {
        { "status RUNNING -> PAUSED.", static one => one with { Status = ExperimentStatus.Paused } },
        { "salt changed, which assigns every user anew.", static one => one with { Salt = "other" } },
        { "unit user key -> \"account_id\".", static one => one with { Unit = "account_id" } },
        { "audience none -> \"staff\".", static one => one with { AudienceId = Id(5) } },
        { "conditions everyone -> age is greater than 18.", static one => one with { TargetingRules = Rules(("age", "gt", "18")) } },
        { "allocation \"control\" 50 % -> 40 %, \"green\" 50 % -> 60 %.", static one => Allocated(one, (1, 0, 3999), (2, 4000, 9999)) },
        { "bucket ranges changed; the variants' shares stay.", static one => Allocated(one, (2, 0, 4999), (1, 5000, 9999)) },
        { "variant \"green\" payload.color: \"#f00\" -> \"#0f0\".", static one => Green(one, """{ "size": 1, "color": "#0f0" }""") },
        { "variant \"green\" payload.size: 1 -> nothing.", static one => Green(one, """{"color":"#f00"}""") },
        { "user \"qa-1\" is set to \"green\".", static one => one with { Overrides = [new() { UserKey = "qa-1", VariantId = Id(2) }] } },
        { "splits 25 % of users 1:1 over \"control\" and \"green\".", static one => one with { Split = Split(2500, 1, 1) } },
    };

    public static TheoryData<string> Sentences => [.. Edits.Keys];

    [Theory]
    [MemberData(nameof(Sentences))]
    public void Between_OneEdit_IsOneSentence(string expected)
    {
        AudienceDefinition staff = Audience(5, "staff");

        Assert.Equal([$"Experiment \"checkout\": {expected}"], Texts(Of(staff, Checkout), Of(staff, Edits[expected](Checkout))));
    }

    [Fact]
    public void Between_VariantAdded_SaysWhatItGets()
    {
        ExperimentDefinition after = Allocated(Checkout, (1, 0, 3332), (2, 3333, 6666), (3, 6667, 9999)) with
        {
            Variants = [.. Checkout.Variants, Variant(3, "blue")],
        };

        Assert.Equal(
            [
                "Experiment \"checkout\": variant \"blue\" was added (gets 3,333 of 10,000 buckets).",
                "Experiment \"checkout\": allocation \"control\" 50 % -> 33.33 %, \"green\" 50 % -> 33.34 %, \"blue\" 0 % -> 33.33 %.",
            ],
            Texts(Checkout, after));
    }

    [Fact]
    public void Between_Added_NamesTheShares() => Assert.Equal(
        ["Experiment \"checkout\" was added (\"control\" 50 %, \"green\" 50 %)."], Texts(Of(), Of(Checkout)));

    [Fact]
    public void Between_SameBucketsInOtherRanges_IsNoChange() =>
        Assert.Empty(Texts(Checkout, Allocated(Checkout, (1, 0, 99), (1, 100, 4999), (2, 5000, 9999))));

    [Fact]
    public void Between_ManyMembersOfAPayload_ShowsTheWhole() => Assert.Equal(
        ["Experiment \"checkout\": variant \"green\" payload: {\"color\":\"#f00\",\"size\":1} -> {\"a\":1,\"b\":2}."],
        Texts(Checkout, Green(Checkout, """{"a":1, "b":2}""")));

    private static ExperimentDefinition Allocated(ExperimentDefinition one, params (int Variant, int Start, int End)[] ranges) =>
        one with { Allocations = [.. ranges.Select(static range => Allocation(range.Variant, range.Start, range.End))] };

    private static ExperimentDefinition Green(ExperimentDefinition one, string payload) =>
        one with { Variants = [one.Variants[0], Variant(2, "green", payload)] };
}
