using System.Text;
using Experiments.Client.Fuzz;
using Experiments.Client.Snapshots.Loading;

namespace Experiments.Client.Tests.Snapshots;

/// <summary>What is accepted and then decided as "never" or as a fault is named with its path.</summary>
public sealed class SnapshotWarningsTests
{
    [Fact]
    public void Find_Example_HasNone() => Assert.Empty(SnapshotWarnings.Find(
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "corpus", "snapshot", "example.json"))));

    [Fact]
    public void Find_SnapshotWithFaults_LeavesThemToTheFaults() => Assert.Empty(SnapshotWarnings.Find("{}"u8.ToArray()));

    [Theory]
    [InlineData("{\"attribute\":\"x\",\"operator\":\"like\",\"value\":1}", ".operator: there is no operator \"like\": holds never")]
    [InlineData("{\"attribute\":\"x\",\"operator\":\"eq\",\"value\":[]}", ".value: an array equals nothing: the operator eq holds never")]
    [InlineData("{\"attribute\":\"x\",\"operator\":\"in\",\"value\":\"a\"}", ".value: a string where an array must be: the operator in holds never")]
    [InlineData("{\"attribute\":\"x\",\"operator\":\"notIn\"}", ": the operator notIn needs a value: holds never")]
    [InlineData("{\"attribute\":\"x\",\"operator\":\"in\",\"value\":[1,{}]}", ".value[1]: an object equals nothing")]
    [InlineData("{\"attribute\":\"x\",\"operator\":\"contains\",\"value\":1}", ".value: 1 is no string: the operator contains holds never")]
    [InlineData("{\"attribute\":\"x\",\"operator\":\"gte\",\"value\":\"1\"}", ".value: \"1\" is no number: the operator gte holds never")]
    [InlineData("{\"attribute\":\"x\",\"operator\":\"startsWith\",\"value\":\"a\"}", ".value: a string where an array must be: the operator startsWith holds never")]
    [InlineData("{\"attribute\":\"x\",\"operator\":\"endsWith\",\"value\":[null]}", ".value[0]: null is no string")]
    [InlineData("{\"attribute\":\"x\",\"operator\":\"semverGt\",\"value\":\"1.2\"}", ".value: \"1.2\" is no version as SemVer 2.0.0 writes it: the operator semverGt holds never")]
    [InlineData("{\"attribute\":\"x\",\"operator\":\"before\",\"value\":\"2026-11-24\"}", ".value: \"2026-11-24\" is no time as RFC 3339 writes it: the operator before holds never")]
    [InlineData("{\"attribute\":\"x\",\"operator\":\"cidr\",\"value\":[\"10.0.0.0/8\",\"10.0.0.0/33\"]}", ".value[1]: \"10.0.0.0/33\" is no network of IPv4 or IPv6")]
    [InlineData("{\"attribute\":\"x\",\"operator\":\"exists\",\"value\":\"yes\"}", ".value: \"yes\" is no boolean: the operator exists holds never")]
    [InlineData("{\"attribute\":\"x\",\"operator\":\"type\",\"value\":[\"int\"]}", ".value[0]: \"int\" is not one of undefined, null, boolean, number, string, object, array")]
    [InlineData("{\"attribute\":\"x\",\"operator\":\"some\",\"value\":1}", ": the operator some needs a condition \"if\": holds never")]
    [InlineData("{\"attribute\":\"x\",\"operator\":\"some\",\"if\":{\"attribute\":[\"\"],\"operator\":\"gt\",\"value\":null}}", ".if.value: null is no number: the operator gt holds never")]
    [InlineData("{\"all\":[true,{\"not\":{\"any\":[{\"audience\":\"nope\"}]}}]}", ".all[1].not.any[0].audience: there is no audience \"nope\": ends in the fault MALFORMED")]
    [InlineData("{\"hash\":\"nope\",\"ranges\":[]}", ".hash: there is no hash \"nope\": ends in the fault MALFORMED")]
    [InlineData("{\"hash\":\"h\",\"ranges\":[[5,5]]}", ".ranges[0]: a range without buckets holds nobody")]
    [InlineData("{\"hash\":\"h\",\"ranges\":[[0,10001]]}", ".ranges[0]: the range ends at 10001, but the hash has 10000 buckets")]
    [InlineData("{\"flag\":\"nope\",\"variants\":[]}", ".flag: there is no flag \"nope\": it serves no variant")]
    [InlineData("{\"flag\":\"other\",\"variants\":[\"on\",null,\"maybe\"]}", ".variants[2]: the flag \"other\" has no variant \"maybe\"")]
    [InlineData("{\"after\":\"tomorrow\"}", ".after: \"tomorrow\" is no time as RFC 3339 writes it: ends in the fault MALFORMED")]
    [InlineData("{\"after\":\"2026-11-24T00:00:00Z\",\"before\":\"2026-11-24T00:00:00Z\"}", ": the time ends before it starts: holds never")]
    public void Find_Condition_NamesItsPath(string condition, string warning)
    {
        Assert.Equal($"$.flags[1].rules[0].if{warning}", Assert.Single(FindInRule($"{{\"if\":{condition},\"serve\":\"on\"}}")));
        Assert.Equal($"$.audiences.a.if{warning}", Assert.Single(Find($"\"audiences\":{{\"a\":{{\"if\":{condition}}}}},\"flags\":[{Other}]")));
    }

    [Fact]
    public void Find_InvalidPattern_NamesTheReason()
    {
        string warning = Assert.Single(FindInRule("{\"if\":{\"attribute\":\"x\",\"operator\":\"matches\",\"value\":\"a(b\"},\"serve\":\"on\"}"));
        Assert.StartsWith("$.flags[1].rules[0].if.value: \"a(b\" is no pattern (", warning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"serve\":\"maybe\"}", ".serve: the flag has no variant \"maybe\": the caller's fallback is served")]
    [InlineData("{\"serve\":{\"hash\":\"nope\",\"ranges\":[]}}", ".serve.hash: there is no hash \"nope\": ends in the fault MALFORMED")]
    [InlineData("{\"serve\":{\"hash\":\"h\",\"ranges\":[{\"start\":0,\"end\":1,\"variant\":\"maybe\"}]}}", ".serve.ranges[0].variant: the flag has no variant \"maybe\": the caller's fallback is served")]
    [InlineData("{\"serve\":{\"hash\":\"h\",\"ranges\":[{\"start\":5,\"end\":9,\"variant\":\"on\"},{\"start\":0,\"end\":6,\"variant\":null}]}}", ".serve.ranges: ranges overlap at 5: of these the first one counts")]
    [InlineData("{\"serve\":{\"hash\":\"h\",\"ranges\":[],\"sticky\":{\"key\":\"k\",\"keys\":{\"a\":\"maybe\"}}}}", ".serve.sticky.keys.a: the flag has no variant \"maybe\": the entry is not there")]
    [InlineData("{\"serve\":{\"hash\":\"h\",\"ranges\":[],\"if\":{\"audience\":\"nope\"}}}", ".serve.if.audience: there is no audience \"nope\": ends in the fault MALFORMED")]
    public void Find_Rule_NamesItsPath(string rule, string warning) => Assert.Equal($"$.flags[1].rules[0]{warning}", Assert.Single(FindInRule(rule)));

    [Fact]
    public void Find_NamesOfNothing_InAFlag() => Assert.Equal(
        [
            "$.hashes.v.buckets: without buckets it holds for nobody",
            "$.flags[1].off: the flag has no variant \"x\": the caller's fallback is served",
            "$.flags[1].default: the flag has no variant \"y\": the caller's fallback is served",
            "$.flags[2].key: a flag before it has the key \"f\" too: this one is never asked",
        ],
        Find($"\"flags\":[{Other},{{\"key\":\"f\",\"variants\":{{}},\"off\":\"x\",\"default\":\"y\"}},{{\"key\":\"f\",\"variants\":{{}}}}]", moreHashes: """
            ,"v":{"fn":"md5","input":["x"],"buckets":0}
            """));

    [Theory]
    [InlineData("a>b,b>a", "$.flags[0]: a cycle: a -> b -> a")]
    [InlineData("a>a", "$.flags[0]: a cycle: a -> a")]
    [InlineData("x>a,a>b,b>c,c>a", "$.flags[1]: a cycle: a -> b -> c -> a")]
    [InlineData("a>b,a>c,b>d,c>d,d>e,e>a", "$.flags[0]: a cycle: a -> b -> d -> e -> a")]
    public void Find_Cycle_NamesTheWay(string edges, string warning) => Assert.Equal(warning, Assert.Single(FindInGraph(edges)));

    [Fact]
    public void Find_NoCycle_HasNone() => Assert.Empty(FindInGraph("a>b,a>c,b>d,c>d,d>e"));

    [Fact]
    public void Find_CycleThroughAudiences_NamesTheWay() => Assert.Equal(
        "$.audiences.a: a cycle: audience a -> audience b -> f -> audience a",
        Assert.Single(Find("""
            "audiences":{"a":{"if":{"audience":"b"}},"b":{"if":{"not":{"flag":"f","variants":["on"]}}}},
            "flags":[{"key":"f","variants":{"on":1},"rules":[{"if":{"audience":"a"},"serve":"on"}]}]
            """)));

    [Fact]
    public void Find_LongChain_TakesNoStack()
    {
        string flags = string.Join(',', Enumerable.Range(0, 50_000).Select(i =>
            $$"""{"key":"f{{i}}","variants":{"on":1},"rules":[{"if":{"flag":"f{{(i + 1) % 50_000}}","variants":["on"]},"serve":"on"}]}"""));
        Assert.EndsWith("-> f19 -> … -> f0", Assert.Single(Find($"\"flags\":[{flags}]")), StringComparison.Ordinal);
    }

    [Fact]
    public void Find_Experiments_NamesTheirPaths()
    {
        string second = SnapshotJson.Experiment(
            targetingRules: SnapshotJson.Rule("a", "startsWith", "[\"x\"]"),
            allocations: """[{"variantId":"nope","rangeStart":5,"rangeEnd":4},{"variantId":"id-control","rangeStart":0,"rangeEnd":10000}]""");
        byte[] format1 = SnapshotJson.Of($"[{SnapshotJson.Experiment()},{second}]");
        Assert.Equal(
            [
                "$.experiments[1].key: an experiment before it has the key \"checkout\" too: this one is never asked",
                "$.experiments[1].targetingRules[0].conditions[0].operator: there is no operator \"startsWith\" in format 1: holds never",
                "$.experiments[1].allocations[0].variantId: there is no variant \"nope\": assigns nobody",
                "$.experiments[1].allocations[0]: a range without buckets holds nobody",
                "$.experiments[1].allocations[1]: the range goes beyond 0 to 9999",
            ],
            SnapshotWarnings.Find(format1));
        byte[] format2 = SnapshotJson.Of(
            $"[{SnapshotJson.Experiment(extra: "\"flag\":\"nope\",")},{SnapshotJson.Experiment("other", allocations: "[]", extra: "\"flag\":\"nope\",")}]",
            extra: $"\"format\":2,\"flags\":[{Other}],");
        Assert.Equal(
            [
                "$.experiments[0].flag: there is no flag \"nope\": assigns nobody",
                "$.experiments[0].allocations: readers of format 1 assign users by these, others by the flag: must be empty",
                "$.experiments[1].key: a flag has the key \"other\" too, and it is not the one that decides the experiment",
                "$.experiments[1].flag: there is no flag \"nope\": assigns nobody",
            ],
            SnapshotWarnings.Find(format2));
    }

    [Fact]
    public void Find_EverySnapshotOfTheCorpus_DoesNotThrow() =>
        Assert.All(Corpus.Read("snapshot"), snapshot => SnapshotWarnings.Find(snapshot));

    private static string Other => """{"key":"other","variants":{"on":1}}""";

    private static IReadOnlyList<string> FindInRule(string rule) =>
        Find($"\"flags\":[{Other},{{\"key\":\"f\",\"variants\":{{\"on\":1,\"off\":2}},\"rules\":[{rule}]}}]");

    private static IReadOnlyList<string> FindInGraph(string edges)
    {
        string[][] pairs = [.. edges.Split(',').Select(edge => edge.Split('>'))];
        IEnumerable<string> flags = pairs.SelectMany(pair => pair).Distinct().Select(key =>
        {
            IEnumerable<string> rules = pairs.Where(pair => pair[0] == key)
                .Select(pair => $"{{\"if\":{{\"flag\":\"{pair[1]}\",\"variants\":[\"on\"]}},\"serve\":\"on\"}}");
            return $"{{\"key\":\"{key}\",\"variants\":{{\"on\":1}},\"rules\":[{string.Join(',', rules)}]}}";
        });
        return Find($"\"flags\":[{string.Join(',', flags)}]");
    }

    private static IReadOnlyList<string> Find(string members, string moreHashes = "")
    {
        byte[] json = Encoding.UTF8.GetBytes($$"""
            {"version":1,"environment":"prod","publishedAt":"","experiments":[],"format":2,
             "hashes":{"h":{"fn":"murmur3","input":[{"attr":["$key"]}],"buckets":10000}{{moreHashes}} },{{members}}}
            """);
        Assert.Empty(SnapshotReader.Read(json, "prod", 1).Faults);
        return SnapshotWarnings.Find(json);
    }
}
