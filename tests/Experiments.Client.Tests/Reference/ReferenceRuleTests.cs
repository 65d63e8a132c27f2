using System.Text.Json;

namespace Experiments.Client.Tests.Reference;

/// <summary>Order of a decision: rules, splits, prerequisites, experiments of flags.</summary>
public sealed class ReferenceRuleTests
{
    // One bucket, so that every range from 0 holds it; "none" has no unit.
    private const string Hashes =
        """
        {"one":{"fn":"crc32","input":["x"],"buckets":1},"none":{"fn":"crc32","input":[{"attr":["nowhere"]}],"buckets":1},
         "zero":{"fn":"crc32","input":[{"attr":["nowhere"]}],"buckets":9,"missing":"zero"},"empty":{"fn":"crc32","input":["x"],"buckets":0,"missing":"zero"}}
        """;

    [Theory]
    [InlineData("""[{"serve":"a"}]""", "a", "STATIC")]
    [InlineData("""[{"if":true,"serve":"nope"}]""", null, "TARGETING_MATCH")]
    [InlineData("""[{"if":false,"serve":"a"},{"serve":null,"reason":"HOLDOUT"}]""", null, "HOLDOUT")]
    [InlineData("""[{"serve":{"hash":"one","ranges":[{"start":1,"end":0,"variant":"b"},{"start":0,"end":"1","variant":"a"}]}}]""", "a", "SPLIT")]
    [InlineData("""[{"serve":{"hash":"one","ranges":[{"start":0,"end":1,"variant":"nope"}]}},{"serve":"a"}]""", null, "SPLIT")]
    [InlineData("""[{"serve":{"hash":"one","ranges":[{"start":0,"end":1,"variant":"b","through":true}],"miss":"stop"}},{"serve":"a"}]""", "a", "STATIC")]
    [InlineData("""[{"serve":{"hash":"one","ranges":[]}},{"serve":"a"}]""", "a", "STATIC")]
    [InlineData("""[{"serve":{"hash":"one","ranges":[],"miss":"stop"}},{"serve":"a"}]""", "d", "DEFAULT")]
    [InlineData("""[{"serve":{"hash":"none","ranges":[{"start":0,"end":1,"variant":"b"}]}},{"serve":"a"}]""", "a", "STATIC")]
    [InlineData("""[{"serve":{"hash":"zero","ranges":[{"start":0,"end":1,"variant":"b"}]}},{"serve":"a"}]""", "b", "SPLIT")]
    [InlineData("""[{"serve":{"hash":"empty","ranges":[{"start":0,"end":1,"variant":"b"}]}},{"serve":"a"}]""", "a", "STATIC")]
    [InlineData("""[{"serve":{"hash":"one","ranges":[{"start":0,"end":1,"variant":"b"}],"if":false}},{"serve":"a"}]""", "a", "STATIC")]
    public void Decide_Rules_InOrder(string rules, string? variant, string reason)
    {
        ReferenceDecision decision = ReferenceRig.Decide(ReferenceRig.Snapshot($"[{ReferenceRig.Flag(rules)}]", Hashes), "f");
        Assert.Equal((variant, reason), (decision.VariantKey, decision.Reason));
        Assert.Equal(reason == "SPLIT", decision.IsFromSplit);
    }

    [Theory]
    [InlineData("""{"key":"s"}""", """{"s__0":"b"}""", "b")]
    [InlineData("""{"key":"s"}""", """{"s__1":"b"}""", "d")]
    [InlineData("""{"key":"s"}""", """{"s__0":"nope"}""", "d")]
    [InlineData("""{"key":"s","version":3,"min":2}""", """{"s__1":"b","s__3":"b"}""", "d")]
    [InlineData("""{"key":"s","version":3,"min":2}""", """{"s__2":"a","s__3":"b"}""", "b")]
    [InlineData("""{"key":"s","keys":{"0":"a"}}""", """{"s__0":"0"}""", "a")]
    [InlineData("""{"key":"s","keys":{"0":"a"}}""", """{"s__0":"b"}""", "d")]
    public void Decide_Sticky_AnswersBeforeTheEntryCondition(string sticky, string entries, string variant)
    {
        string rules = $$$"""[{"serve":{"hash":"one","if":false,"ranges":[],"sticky":{{{sticky}}}}}]""";
        ReferenceDecision decision = ReferenceRig.Decide(
            ReferenceRig.Snapshot($"[{ReferenceRig.Flag(rules)}]", Hashes), "f", sticky: entries);
        Assert.Equal((variant, variant == "d" ? "DEFAULT" : "SPLIT"), (decision.VariantKey, decision.Reason));
    }

    [Fact]
    public void Decide_StickyWithoutBucket_IsAMiss() => Assert.Equal("d", ReferenceRig.Decide(
        ReferenceRig.Snapshot($"[{ReferenceRig.Flag("""[{"serve":{"hash":"none","ranges":[],"sticky":{"key":"s"}}}]""")}]", Hashes),
        "f",
        sticky: """{"s__0":"b"}""").VariantKey);

    [Theory]
    [InlineData("""{"flag":"g","variants":["a"]}""", "{}", "a", "TARGETING_MATCH", null)]
    [InlineData("""{"flag":"g","variants":["a"]}""", """{"g":"b"}""", "d", "DEFAULT", null)]
    [InlineData("""{"flag":"nope","variants":[null]}""", "{}", "a", "TARGETING_MATCH", null)]
    [InlineData("""{"flag":"disabled","variants":["b"]}""", """{"disabled":"a"}""", "a", "TARGETING_MATCH", null)]
    [InlineData("""{"flag":"cycle1","variants":[null]}""", "{}", null, "ERROR", "CYCLE")]
    [InlineData("""{"any":[true,{"flag":"cycle1","variants":[]}]}""", "{}", "a", "TARGETING_MATCH", null)]
    [InlineData("""{"flag":"cycle1","variants":["a"]}""", """{"cycle2":"a"}""", "d", "DEFAULT", null)]
    public void Decide_Prerequisite_IsDecidedFirst(string condition, string overrides, string? variant, string reason, string? fault)
    {
        string[] flags =
        [
            ReferenceRig.Flag($$"""[{"if":{{condition}},"serve":"a"}]"""),
            ReferenceRig.Flag("""[{"serve":"a"}]""", "g"),
            ReferenceRig.Flag("[]", "disabled", """ "enabled":false,"off":"b", """),
            ReferenceRig.Flag("""[{"if":{"flag":"cycle2","variants":["b"]},"serve":"a"}]""", "cycle1"),
            ReferenceRig.Flag("""[{"if":{"flag":"cycle1","variants":["b"]},"serve":"a"}]""", "cycle2"),
        ];
        ReferenceDecision decision = ReferenceRig.Decide(ReferenceRig.Snapshot($"[{string.Join(',', flags)}]"), "f", overrides: overrides);
        Assert.Equal((variant, reason, fault), (decision.VariantKey, decision.Reason, decision.Fault));
    }

    [Theory]
    [InlineData("split", "SPLIT", "a")]
    [InlineData("plain", "DEFAULT", null)]
    [InlineData("faulty", "ERROR", null)]
    [InlineData("unlike", "DEFAULT", null)]
    [InlineData("nope", "DEFAULT", null)]
    public void Decide_ExperimentOfAFlag_IsAssignedByItsSplitsOnly(string flag, string reason, string? variant)
    {
        string[] flags =
        [
            ReferenceRig.Flag("""[{"serve":{"hash":"one","ranges":[{"start":0,"end":1,"variant":"a"}]},"reason":"OTHER"}]""", "split"),
            ReferenceRig.Flag("""[{"serve":{"hash":"one","ranges":[{"start":0,"end":1,"variant":"b"}]}}]""", "unlike"),
            ReferenceRig.Flag("""[{"serve":"a"}]""", "plain"),
            ReferenceRig.Flag("""[{"serve":{"error":"GENERAL"}}]""", "faulty"),
        ];
        string experiment = SnapshotJson.Experiment(
            "e", variants: """[{"id":"va","key":"a","payload":7}]""", allocations: "[]", extra: $"\"flag\":\"{flag}\",");
        string snapshot = ReferenceRig.Snapshot($"[{string.Join(',', flags)}]", Hashes, experiments: $"[{experiment}]");
        ReferenceDecision decision = ReferenceRig.Decide(snapshot, "e");
        Assert.Equal((reason, variant, "id-e"), (decision.Reason, decision.VariantKey, decision.ExperimentId));
        ReferenceAssignment[] expected = variant is null ? [] : [new("e", "id-e", "a", "va", "7")];
        Assert.Equal(expected, ReferenceRig.Assignments(snapshot));
    }

    [Theory]
    [InlineData("""{"n":1e21}""", """["int","1e+21"]""")]
    [InlineData("""{"n":1.0}""", """["int","1"]""")]
    [InlineData("""{"n":1.5}""", """["int",null]""")]
    [InlineData("""{"n":1e-7}""", """["any","1e-7"]""")]
    [InlineData("""{"n":-0}""", """["any","0"]""")]
    [InlineData("""{"n":-0}""", """["truthy",null]""")]
    [InlineData("""{"n":false}""", """["any","false"]""")]
    [InlineData("""{"n":true}""", """["truthy","true"]""")]
    [InlineData("""{"n":""}""", """["string",""]""")]
    [InlineData("""{"n":""}""", """["truthy",null]""")]
    [InlineData("""{"n":null}""", """["any",null]""")]
    [InlineData("""{"n":[1]}""", """["truthy",null]""")]
    [InlineData("""{"n":123456789012345680000}""", """["any","123456789012345680000"]""")]
    public void Bucket_UnitAs_IsTheTextOrMissing(string context, string asAndText)
    {
        JsonElement expected = JsonElement.Parse(asAndText);
        string Hash(string input) => $$"""{"fn":"murmur3","buckets":4294967296,"input":[{{input}}]}""";
        var hash = new ReferenceHash("u", JsonElement.Parse(context), observe: null);
        System.Numerics.BigInteger? actual = hash.Bucket(JsonElement.Parse(Hash($$"""{"attr":[["n"]],"as":"{{expected[0]}}"}""")));
        System.Numerics.BigInteger? wanted = expected[1].ValueKind == JsonValueKind.Null
            ? null
            : hash.Bucket(JsonElement.Parse(Hash(expected[1].GetRawText())));
        Assert.Equal(wanted, actual);
    }
}
