using Experiments.Client.Decisions;

namespace Experiments.Client.Tests.Decisions;

public sealed class ExplainTests
{
    private static readonly byte[] s_snapshot = FlagsJson.Of(
        FlagsJson.On("nav", """{"attribute":"plan","operator":"in","value":["pro","team"]}""") + "," + """
        {"key":"price","variants":{"low":9,"high":12},"default":"low","rules":[
          {"id":"staff","if":{"audience":"staff"},"serve":"high"},
          {"id":"needs-nav","if":{"not":{"flag":"nav","variants":["on"]}},"serve":"low"},
          {"id":"test","serve":{"hash":"h","ranges":[{"start":0,"end":10000,"variant":"high"}]}}]}
        """,
        hashes: """ "h":{"fn":"murmur3","input":[{"attr":["$key"]},":s"],"buckets":10000} """,
        audiences: """ "staff":{"if":{"attribute":"email","operator":"endsWith","value":["@corp.example"]}} """,
        experiments: SnapshotJson.Experiment("exp", targetingRules: SnapshotJson.Rule("age", "gte", "18")));

    [Fact]
    public void ToString_AnyDepth_IndentsOnlySoFar()
    {
        var step = new ExplanationStep { Kind = ExplanationStepKind.Rule, Text = "rule", Depth = int.MaxValue / 4 };
        var explanation = new Explanation { Decision = Decision.NotReady, Steps = [step, step with { Depth = 1 }] };
        string[] lines = explanation.ToString().Split('\n');
        Assert.Equal(64 + "rule".Length, lines[0].Length);
        Assert.Equal("  rule", lines[1]);
    }

    [Fact]
    public void Explain_FlagWithAudienceAndPrerequisite_TellsEveryStep()
    {
        FeatureDecider decider = Deciders.From(s_snapshot, "prod", 1);
        Explanation explanation = decider.Explain("price", "user", [("plan", "pro"), ("email", "ann@example.com")]);
        Assert.Same(decider.Decide("price", "user", [("plan", "pro"), ("email", "ann@example.com")]), explanation.Decision);
        Assert.Equal("test", explanation.Decision.RuleId);
        string text = explanation.ToString();
        string[] expected =
        [
            "rule 1 staff:",
            "audience staff:",
            "  email endsWith [@corp.example], which is \"ann@example.com\": does not hold",
            "audience staff: does not hold",
            "rule 2 needs-nav:",
            "flag nav:",
            "  rule 1 r1:",
            "  plan in [\"pro\", \"team\"], which is \"pro\": holds",
            "flag nav serves on (TARGETING_MATCH)",
            "flag nav serves one of on: holds",
            "rule 3 test:",
            $"bucket {Buckets.Of("user", "s")} of hash h: variant high",
            "price: high (SPLIT, version 1)",
        ];
        int from = 0;
        foreach (string line in expected)
        {
            int at = text.IndexOf(line, from, StringComparison.Ordinal);
            Assert.True(at >= from, $"'{line}' is not where it should be in\n{text}");
            from = at + line.Length;
        }
    }

    [Fact]
    public void Explain_Experiment_TellsConditionAndBucket()
    {
        FeatureDecider decider = Deciders.From(s_snapshot, "prod", 1);
        Explanation young = decider.Explain("exp", "user", [("age", 17)]);
        ExplanationStep condition = Assert.Single(young.Steps);
        Assert.Equal((ExplanationStepKind.Condition, false), (condition.Kind, condition.Holds));
        Assert.Equal(DecisionReason.Default, young.Decision.Reason);

        Explanation adult = decider.Explain("exp", "user", new DecisionContext().Set("age", 18));
        Assert.Equal(2, adult.Steps.Count);
        Assert.Equal((ulong)Buckets.Of("user"), adult.Steps[1].Bucket);
    }

    [Fact]
    public void Explain_UnknownKeyOrNoSnapshot_HasNoSteps()
    {
        Assert.Equal(DecisionReason.FlagNotFound, Deciders.From(s_snapshot, "prod", 1).Explain("nope", "user").Decision.Reason);
        var empty = new FeatureDecider("prod", new Experiments.Client.Snapshots.SnapshotHolder(), DecisionSurroundings.Default);
        Assert.Empty(empty.Explain("price", "user").Steps);
        Assert.Equal(DecisionReason.NotReady, empty.Explain("price", "user").Decision.Reason);
    }
}
