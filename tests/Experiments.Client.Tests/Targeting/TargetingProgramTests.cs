namespace Experiments.Client.Tests.Targeting;

/// <summary>How conditions, rules and the two lists of rules join.</summary>
public sealed class TargetingProgramTests
{
    private const string Yes = """{"attribute":"a","operator":"eq","value":1}""";
    private const string No = """{"attribute":"a","operator":"eq","value":2}""";

    [Theory]
    [InlineData("[]", true)]
    [InlineData("""[{"conditions":[]}]""", true)]
    [InlineData($$"""[{"conditions":[{{Yes}}]}]""", true)]
    [InlineData($$"""[{"conditions":[{{No}}]}]""", false)]
    [InlineData($$"""[{"conditions":[{{Yes}},{{Yes}}]}]""", true)]
    [InlineData($$"""[{"conditions":[{{Yes}},{{No}}]}]""", false)]
    [InlineData($$"""[{"conditions":[{{No}},{{Yes}}]}]""", false)]
    [InlineData($$"""[{"conditions":[{{No}}]},{"conditions":[{{Yes}}]}]""", true)]
    [InlineData($$"""[{"conditions":[{{Yes}}]},{"conditions":[{{No}}]}]""", true)]
    [InlineData($$"""[{"conditions":[{{No}}]},{"conditions":[{{No}}]}]""", false)]
    [InlineData($$"""[{"conditions":[{{Yes}},{{No}}]},{"conditions":[{{Yes}},{{Yes}},{{Yes}}]}]""", true)]
    [InlineData($$"""[{"conditions":[{{No}}]},{"conditions":[]}]""", true)]
    public void Holds_RulesAndConditions_OrOfAnds(string rules, bool held) => Assert.Equal(held, Conditions.Hold(rules, """{"a":1}"""));

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void Decide_AudienceAndTargetingRules_BothMustHold(bool audience, bool targeting)
    {
        var decider = Deciders.From($"[{SnapshotJson.Experiment(
            audienceRules: $$"""[{"conditions":[{{(audience ? Yes : No)}}]}]""",
            targetingRules: $$"""[{"conditions":[{{(targeting ? Yes : No)}}]},{"conditions":[{{No}}]}]""")}]");
        DecisionReason expected = audience && targeting ? DecisionReason.Split : DecisionReason.Default;
        Assert.Equal(expected, decider.Decide("checkout", "user", [("a", 1)]).Reason);
    }

    [Fact]
    public void Holds_AnyShapeOfRules_EqualsTheNaiveReference()
    {
        // Every combination of up to three rules of up to three conditions, from one byte per rule.
        string[] rules = [.. Enumerable.Range(0, 15).Select(RuleOf)];
        for (int first = 0; first < rules.Length; first++)
        {
            for (int second = 0; second < rules.Length; second++)
            {
                bool expected = Naive(first) || Naive(second);
                Assert.Equal(expected, Conditions.Hold($"[{rules[first]},{rules[second]}]", """{"a":1}"""));
            }
        }
    }

    // 0: no condition; 1..2: one; 3..6: two; 7..14: three. The bits below the leading one say which of them hold.
    private static string RuleOf(int code) => $"{{\"conditions\":[{string.Join(',', Bits(code).Select(held => held ? Yes : No))}]}}";

    private static bool Naive(int code) => Bits(code).All(held => held);

    private static IEnumerable<bool> Bits(int code)
    {
        for (int rest = code + 1; rest > 1; rest >>= 1)
        {
            yield return (rest & 1) == 1;
        }
    }
}
