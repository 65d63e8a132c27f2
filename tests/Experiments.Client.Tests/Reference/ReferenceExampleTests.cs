namespace Experiments.Client.Tests.Reference;

/// <summary>
/// The published example, decided by hand. Buckets were computed outside of this repository, from the published definition of the
/// hashes: for example user-13 has 6807 of holdout, 335 of layer, 6641 of pricing, 8121 of checkout-color, 1038 of gb.
/// </summary>
public sealed class ReferenceExampleTests
{
    private const string Adult13 = """{"id":"user-13","age":20}""";
    private const string Adult27 = """{"id":"user-27","age":18}""";

    private static readonly string s_example = File.ReadAllText(Repository.Vectors("snapshot.example.json"));

    [Theory]
    [InlineData("pricing", "user-13", """{"userId":"qa-1"}""", "high", "TARGETING_MATCH", "override")]
    [InlineData("pricing", "user-43", Adult13, null, "TARGETING_MATCH", "holdout")] // 100 of holdout.
    [InlineData("pricing", "user-31", Adult13, null, "TARGETING_MATCH", "holdout")] // 494.
    [InlineData("pricing", "user-5", Adult13, "high", "SPLIT", "test")] // 506, 1916 of layer, 9405 of pricing.
    [InlineData("pricing", "user-13", "{}", null, "PREREQUISITE_FAILED", "prereq")]
    [InlineData("pricing", "user-13", Adult13, "high", "SPLIT", "test")]
    [InlineData("pricing", "user-27", Adult27, "low", "SPLIT", "test")] // 2445 of layer, 2007 of pricing, 2269 of gb.
    [InlineData("pricing", "user-13", """{"id":"user-13","age":20,"accountId":"acct-1"}""", "low", "SPLIT", "test")] // 994.
    [InlineData("pricing", "user-13", """{"id":"user-13","age":20,"accountId":1}""", "high", "SPLIT", "test")] // No string: the next one.
    [InlineData("pricing", "user-13", """{"id":"user-13","age":20,"email":"x@corp.example"}""", null, "DEFAULT", null)]
    [InlineData("pricing", "user-1", """{"id":"user-13","age":20}""", null, "DEFAULT", null)] // 5809 of layer.
    [InlineData("new-nav", "user-1", Adult13, "on", "TARGETING_MATCH", "rollout")]
    [InlineData("new-nav", "user-1", """{"id":"user-13","age":17}""", "off", "DEFAULT", null)]
    [InlineData("new-nav", "user-1", """{"id":"user-20","age":20}""", "off", "DEFAULT", null)] // 4107 of gb.
    [InlineData("new-nav", "user-1", """{"id":"","age":20}""", "off", "DEFAULT", null)]
    [InlineData("banner", "user-1", "{}", "sale", "TARGETING_MATCH", "other-half-of-the-layer")]
    [InlineData("banner", "user-0", "{}", "none", "DEFAULT", null)] // 2707 of layer.
    [InlineData("checkout-color", "user-0", """{"geo":{"country":"US"}}""", "control", "SPLIT", null)] // 447.
    [InlineData("checkout-color", "user-1", """{"geo.country":"CA"}""", "green", "SPLIT", null)] // 7858.
    [InlineData("checkout-color", "user-1", """{"geo":{"country":"DE"}}""", null, "DEFAULT", null)]
    [InlineData("nope", "user-1", "{}", null, "FLAG_NOT_FOUND", null)]
    public void Decide_Example_IsAsWorkedOutByHand(string key, string userKey, string context, string? variant, string reason, string? rule)
    {
        ReferenceDecision decision = ReferenceRig.Decide(s_example, key, userKey, context);
        Assert.Equal((variant, reason, rule), (decision.VariantKey, decision.Reason, decision.RuleId));
    }

    [Theory]
    [InlineData("""{"pricing__2":"low"}""", "low", "SPLIT")]
    [InlineData("""{"pricing__2":"other"}""", "high", "SPLIT")]
    [InlineData("""{"pricing__1":"low"}""", "high", "SPLIT")]
    [InlineData("""{"pricing__0":"low","pricing__2":"low"}""", null, "DEFAULT")]
    public void Decide_ExampleWithSticky_IsAsWorkedOutByHand(string sticky, string? variant, string reason)
    {
        ReferenceDecision decision = ReferenceRig.Decide(s_example, "pricing", "user-13", Adult13, sticky: sticky);
        Assert.Equal((variant, reason), (decision.VariantKey, decision.Reason));
    }

    [Theory]
    [InlineData("2026-10-31T23:59:59.9999999Z", null)]
    [InlineData("2026-11-01T00:00:00Z", "high")]
    [InlineData("2026-12-23T23:59:59.9999999Z", "high")]
    [InlineData("2026-12-24T00:00:00Z", null)]
    [InlineData("2026-12-24T01:00:00+02:00", "high")]
    public void Decide_ExampleAtTime_WindowEndsBeforeItsEnd(string now, string? variant) => Assert.Equal(
        variant,
        ReferenceRig.Decide(
            s_example, "pricing", "user-13", Adult13, DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture)).VariantKey);

    [Fact]
    public void Assignments_Example_ListsOnlySplits()
    {
        const string context = """{"id":"user-13","age":20,"geo":{"country":"US"}}""";
        ReferenceAssignment color = new("checkout-color", "cku1", "green", "v2", """{ "color": "#0a0" }""");
        ReferenceAssignment pricing = new("pricing", "cku2", "high", "p2", null);
        Assert.Equal([color, pricing], ReferenceRig.Assignments(s_example, "user-13", context));
        Assert.Equal([color], ReferenceRig.Assignments(s_example, "user-13", context.Replace("20", "17", StringComparison.Ordinal)));
        Assert.Equal([color], ReferenceRig.Assignments(s_example, "user-13", context, overrides: """{"pricing":"low"}"""));
    }

    [Fact]
    public void Decide_ExamplesOverride_ServesIt()
    {
        ReferenceDecision decision = ReferenceRig.Decide(s_example, "pricing", "user-43", overrides: """{"pricing":"low"}""");
        Assert.Equal(new ReferenceDecision("OVERRIDE", "low", PayloadJson: """{ "price": 9 }"""), decision);
    }
}
