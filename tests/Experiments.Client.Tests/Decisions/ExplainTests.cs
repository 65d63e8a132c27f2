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
        Assert.Equal(
            $"""
            rule 1 staff:
            audience staff:
              email endsWith [@corp.example], which is "ann@example.com": does not hold
            audience staff: does not hold
            rule 2 needs-nav:
            flag nav:
              rule 1 r1:
              plan in ["pro", "team"], which is "pro": holds
            flag nav serves on (TARGETING_MATCH)
            not flag nav serves one of on: does not hold
            rule 3 test:
            bucket {Buckets.Of("user", "s")} of hash h: variant high
            price: high (SPLIT, version 1)
            """,
            explanation.ToString());
    }

    [Theory]
    [InlineData("""{"hash":"h","ranges":[[0,10000]]}""", "in [0, end): holds", true)]
    [InlineData("""{"not":{"hash":"h","ranges":[[0,10000]]}}""", "in [0, end): does not hold", false)]
    [InlineData("""{"hash":"h","ranges":[[0,1],[9999,10000]]}""", "in [0, 1) or [9999, end): does not hold", false)]
    [InlineData("""{"hash":"h","ranges":[]}""", "in no range: does not hold", false)]
    [InlineData("""{"not":{"not":{"hash":"h","ranges":[[1,9999]]}}}""", "in [1, 9999): holds", true)]
    public void Explain_BucketCondition_TellsRangesAndWhetherItHolds(string condition, string end, bool holds)
    {
        byte[] snapshot = FlagsJson.Of(
            $$"""{"key":"f","variants":{"on":true,"off":false},"default":"off","rules":[{"if":{{condition}},"serve":"on"}]}""",
            hashes: """ "h":{"fn":"murmur3","input":[{"attr":["$key"]},":s"],"buckets":10000} """);
        Explanation explanation = Deciders.From(snapshot, "prod", 1).Explain("f", "user");
        ExplanationStep step = Assert.Single(explanation.Steps, static step => step.Kind == ExplanationStepKind.Bucket);
        string not = condition.StartsWith("{\"not\":{\"hash", StringComparison.Ordinal) ? "not " : "";
        Assert.Equal($"{not}bucket {Buckets.Of("user", "s")} of hash h {end}", step.Text);
        Assert.Equal((holds, (ulong?)Buckets.Of("user", "s")), (step.Holds, step.Bucket));
        Assert.Equal(holds ? "on" : "off", explanation.Decision.VariantKey);
    }

    [Fact]
    public void Explain_NegatedConditions_SayNot()
    {
        byte[] snapshot = FlagsJson.Of(
            """
            {"key":"f","variants":{"on":true},"rules":[{"id":"r","if":{"not":{"any":[
              {"attribute":"plan","operator":"eq","value":"pro"},{"attribute":"plan","operator":"neq","value":"team"},{"attribute":"age","operator":"exists","value":true}]}},
              "serve":"on"}]}
            """);
        Assert.Equal(
            """
            rule 1 r:
            not plan eq "pro", which is "team": holds
            not plan neq "team", which is "team": holds
            not age exists true, which is missing: holds
            f: on (TARGETING_MATCH, version 1)
            """,
            Deciders.From(snapshot, "prod", 1).Explain("f", "user", [("plan", "team")]).ToString());
    }

    /// <summary>What docs/deciding.md shows is what is printed.</summary>
    [Fact]
    public void Explain_ExampleOfTheDocumentation_PrintsIt()
    {
        byte[] snapshot = FlagsJson.Of(
            """
            {"key":"price","variants":{"low":9,"high":12},"default":"low","rules":[
              {"id":"staff","if":{"audience":"staff"},"serve":"high"},
              {"id":"test","if":{"not":{"attribute":"plan","operator":"eq","value":"free"}},
               "serve":{"hash":"h","ranges":[{"start":0,"end":5000,"variant":"high"},{"start":5000,"end":10000,"variant":"low"}]}}]}
            """,
            hashes: """ "h":{"fn":"murmur3","input":[{"attr":["$key"]},":s"],"buckets":10000} """,
            audiences: """ "staff":{"if":{"attribute":"email","operator":"endsWith","value":["@corp.example"]}} """);
        string printed = Deciders.From(snapshot, "prod", 1).Explain("price", "user-1", [("plan", "pro"), ("email", "ann@example.com")]).ToString();
        string page = File.ReadAllText(Repository.PathOf("docs/deciding.md"));
        Assert.True(page.Contains($"```\n{printed}\n```", StringComparison.Ordinal), printed);
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
