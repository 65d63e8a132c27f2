using System.Text;
using Experiments.Client.Snapshots.Loading;

namespace Experiments.Client.Tests.Snapshots;

/// <summary>Every fault in what format 2 adds is named with its path; to readers of format 1 none of it is a fault.</summary>
public sealed class SnapshotFaultsFormat2Tests
{
    [Theory]
    [InlineData("\"hashes\":[]", "$.hashes: an array where an object must be")]
    [InlineData("\"hashes\":{\"h\":5}", "$.hashes.h: a number where an object must be")]
    [InlineData("\"hashes\":{\"h h\":{\"fn\":\"murmur3\",\"buckets\":1}}", "$.hashes[\"h h\"].input: missing")]
    [InlineData("\"hashes\":{\"h\":{\"fn\":\"murmur4\",\"input\":[\"x\"],\"buckets\":1}}", "$.hashes.h.fn: \"murmur4\" is not one of murmur3, fnv1a, fnv1a2, md5, sha1, sha256, sha256le, crc32")]
    [InlineData("\"hashes\":{\"h\":{\"fn\":\"md5\",\"input\":[],\"buckets\":1}}", "$.hashes.h.input: empty")]
    [InlineData("\"hashes\":{\"h\":{\"fn\":\"md5\",\"input\":[5],\"buckets\":1}}", "$.hashes.h.input[0]: a number where a string or an object must be")]
    [InlineData("\"hashes\":{\"h\":{\"fn\":\"md5\",\"input\":[{\"attr\":[]}],\"buckets\":1}}", "$.hashes.h.input[0].attr: empty")]
    [InlineData("\"hashes\":{\"h\":{\"fn\":\"md5\",\"input\":[{\"attr\":[[]]}],\"buckets\":1}}", "$.hashes.h.input[0].attr[0]: empty")]
    [InlineData("\"hashes\":{\"h\":{\"fn\":\"md5\",\"input\":[{\"attr\":[[5]]}],\"buckets\":1}}", "$.hashes.h.input[0].attr[0][0]: a number where a string must be")]
    [InlineData("\"hashes\":{\"h\":{\"fn\":\"md5\",\"input\":[{\"attr\":[\"a\"],\"as\":\"x\"}],\"buckets\":1}}", "$.hashes.h.input[0].as: \"x\" is not one of string, truthy, int, any")]
    [InlineData("\"hashes\":{\"h\":{\"fn\":\"md5\",\"input\":[{\"attr\":[\"a\"],\"x\":1}],\"buckets\":1}}", "$.hashes.h.input[0].x: a member that this reader does not know there")]
    [InlineData("\"hashes\":{\"h\":{\"fn\":\"md5\",\"input\":[\"x\"],\"buckets\":-1}}", "$.hashes.h.buckets: -1 is not an integer from 0 to 2^64, as a decimal string above 2^53")]
    [InlineData("\"hashes\":{\"h\":{\"fn\":\"md5\",\"input\":[\"x\"],\"buckets\":9007199254740992}}", "$.hashes.h.buckets: 9007199254740992 is not an integer from 0 to 2^64, as a decimal string above 2^53")]
    [InlineData("\"hashes\":{\"h\":{\"fn\":\"md5\",\"input\":[\"x\"],\"buckets\":\"18446744073709551617\"}}", "$.hashes.h.buckets: \"18446744073709551617\" is not an integer from 0 to 2^64, as a decimal string above 2^53")]
    [InlineData("\"hashes\":{\"h\":{\"fn\":\"md5\",\"input\":[\"x\"],\"buckets\":1,\"seed\":4294967296}}", "$.hashes.h.seed: 4294967296 is not an integer from 0 to 4294967295")]
    [InlineData("\"hashes\":{\"h\":{\"fn\":\"md5\",\"input\":[\"x\"],\"buckets\":1,\"scale\":1}}", "$.hashes.h.scale: a number where a boolean must be")]
    [InlineData("\"hashes\":{\"h\":{\"fn\":\"md5\",\"input\":[\"x\"],\"buckets\":1,\"missing\":\"no\"}}", "$.hashes.h.missing: \"no\" is not one of skip, zero, random")]
    [InlineData("\"hashes\":{\"h\":{\"fn\":\"md5\",\"input\":[\"x\"],\"buckets\":1,\"salt\":\"\"}}", "$.hashes.h.salt: a member that this reader does not know there")]
    [InlineData("\"audiences\":{\"a\":{}}", "$.audiences.a.if: missing")]
    [InlineData("\"audiences\":{\"a\":{\"if\":5}}", "$.audiences.a.if: a number where an object or a boolean must be")]
    [InlineData("\"audiences\":{\"a\":{\"if\":true,\"unless\":true}}", "$.audiences.a.unless: a member that this reader does not know there")]
    [InlineData("\"audiences\":{\"a\":{\"if\":true,\"dialect\":\"flagd\"}}", "$.audiences.a.dialect: \"flagd\" is not one of core")]
    [InlineData("\"flags\":{}", "$.flags: an object where an array must be")]
    [InlineData("\"flags\":[null]", "$.flags[0]: null where an object must be")]
    [InlineData("\"flags\":[{\"variants\":{}}]", "$.flags[0].key: missing")]
    [InlineData("\"flags\":[{\"key\":\"k\"}]", "$.flags[0].variants: missing")]
    [InlineData("\"flags\":[{\"key\":\"k\",\"variants\":[]}]", "$.flags[0].variants: an array where an object must be")]
    [InlineData("\"flags\":[{\"key\":\"k\",\"variants\":{},\"type\":\"float\"}]", "$.flags[0].type: \"float\" is not one of boolean, string, integer, number, json")]
    [InlineData("\"flags\":[{\"key\":\"k\",\"variants\":{},\"dialect\":\"eppo\"}]", "$.flags[0].dialect: \"eppo\" is not one of core")]
    [InlineData("\"flags\":[{\"key\":\"k\",\"variants\":{},\"enabled\":null}]", "$.flags[0].enabled: null where a boolean must be")]
    [InlineData("\"flags\":[{\"key\":\"k\",\"variants\":{},\"off\":1}]", "$.flags[0].off: a number where the key of a variant or null must be")]
    [InlineData("\"flags\":[{\"key\":\"k\",\"variants\":{},\"default\":true}]", "$.flags[0].default: a boolean where the key of a variant or null must be")]
    [InlineData("\"flags\":[{\"key\":\"k\",\"variants\":{},\"rules\":{}}]", "$.flags[0].rules: an object where an array must be")]
    public void Read_PartOfFormat2_NamesItsPath(string member, string fault)
    {
        Assert.Equal(fault, Assert.Single(Read(2, member)));
        Assert.Empty(Read(1, member));
    }

    [Theory]
    [InlineData("{}", ".serve: missing")]
    [InlineData("{\"serve\":5}", ".serve: a number where the key of a variant, null, a split or an error must be")]
    [InlineData("{\"serve\":null,\"id\":5}", ".id: a number where a string must be")]
    [InlineData("{\"serve\":null,\"reason\":null}", ".reason: null where a string must be")]
    [InlineData("{\"serve\":{\"error\":\"CYCLE\"}}", ".serve.error: \"CYCLE\" is not one of MALFORMED, GENERAL, PARSE_ERROR, UNMAPPED")]
    [InlineData("{\"serve\":{\"error\":\"GENERAL\",\"hash\":\"h\"}}", ".serve.hash: a member that this reader does not know there")]
    [InlineData("{\"serve\":{\"ranges\":[]}}", ".serve.hash: missing")]
    [InlineData("{\"serve\":{\"hash\":\"h\"}}", ".serve.ranges: missing")]
    [InlineData("{\"serve\":{\"hash\":\"h\",\"ranges\":[],\"weights\":[]}}", ".serve.weights: a member that this reader does not know there")]
    [InlineData("{\"serve\":{\"hash\":\"h\",\"ranges\":[],\"miss\":\"go\"}}", ".serve.miss: \"go\" is not one of next, stop")]
    [InlineData("{\"serve\":{\"hash\":\"h\",\"ranges\":[],\"if\":1}}", ".serve.if: a number where an object or a boolean must be")]
    [InlineData("{\"serve\":{\"hash\":\"h\",\"ranges\":[[0,1]]}}", ".serve.ranges[0]: an array where an object must be")]
    [InlineData("{\"serve\":{\"hash\":\"h\",\"ranges\":[{\"start\":0,\"end\":1}]}}", ".serve.ranges[0].variant: missing")]
    [InlineData("{\"serve\":{\"hash\":\"h\",\"ranges\":[{\"start\":0.5,\"end\":1,\"variant\":null}]}}", ".serve.ranges[0].start: 0.5 is not an integer from 0 to 2^64, as a decimal string above 2^53")]
    [InlineData("{\"serve\":{\"hash\":\"h\",\"ranges\":[{\"start\":0,\"end\":1,\"variant\":null,\"through\":1}]}}", ".serve.ranges[0].through: a number where a boolean must be")]
    [InlineData("{\"serve\":{\"hash\":\"h\",\"ranges\":[],\"sticky\":{}}}", ".serve.sticky.key: missing")]
    [InlineData("{\"serve\":{\"hash\":\"h\",\"ranges\":[],\"sticky\":{\"key\":\"k\",\"min\":1001}}}", ".serve.sticky.min: 1001 is more than 1000")]
    [InlineData("{\"serve\":{\"hash\":\"h\",\"ranges\":[],\"sticky\":{\"key\":\"k\",\"version\":1.5}}}", ".serve.sticky.version: 1.5 is not an integer")]
    [InlineData("{\"serve\":{\"hash\":\"h\",\"ranges\":[],\"sticky\":{\"key\":\"k\",\"keys\":[]}}}", ".serve.sticky.keys: an array where an object must be")]
    public void Read_Rule_NamesItsPath(string rule, string fault) => Assert.Equal($"$.flags[0].rules[0]{fault}", Assert.Single(Read(2, Flag(rule))));

    [Theory]
    [InlineData("{}", ": a condition without a member says nothing")]
    [InlineData("{\"all\":[],\"any\":[]}", ": a condition mixes members of different kinds")]
    [InlineData("{\"audience\":\"a\",\"value\":1}", ": a condition mixes members of different kinds")]
    [InlineData("{\"all\":[true,{\"attribute\":\"a\"}]}", ".all[1].operator: missing")]
    [InlineData("{\"not\":{\"operator\":\"eq\"}}", ".not.attribute: missing")]
    [InlineData("{\"any\":{}}", ".any: an object where an array must be")]
    [InlineData("{\"attribute\":[],\"operator\":\"eq\"}", ".attribute: empty")]
    [InlineData("{\"attribute\":5,\"operator\":\"eq\"}", ".attribute: a number where a string or an array of strings must be")]
    [InlineData("{\"attribute\":\"a\",\"operator\":null}", ".operator: null where a string must be")]
    [InlineData("{\"attribute\":\"a\",\"operator\":\"eq\",\"ignoreCase\":\"yes\"}", ".ignoreCase: a string where a boolean must be")]
    [InlineData("{\"attribute\":\"a\",\"operator\":\"eq\",\"wrap\":true}", ".wrap: reserved: this reader refuses it")]
    [InlineData("{\"attribute\":\"a\",\"operator\":\"eq\",\"nulls\":true}", ".nulls: reserved: this reader refuses it")]
    [InlineData("{\"attribute\":\"a\",\"operator\":\"eq\",\"if\":{\"not\":5}}", ".if.not: a number where an object or a boolean must be")]
    [InlineData("{\"attribute\":\"a\",\"operator\":\"eq\",\"negate\":true}", ".negate: a member that this reader does not know there")]
    [InlineData("{\"hash\":\"h\"}", ".ranges: missing")]
    [InlineData("{\"ranges\":[]}", ".hash: missing")]
    [InlineData("{\"hash\":\"h\",\"ranges\":[[0]]}", ".ranges[0]: 1 bounds where there must be 2")]
    [InlineData("{\"hash\":\"h\",\"ranges\":[[0,1,2]]}", ".ranges[0]: 3 bounds where there must be 2")]
    [InlineData("{\"hash\":\"h\",\"ranges\":[[0,\"x\"]]}", ".ranges[0][1]: \"x\" is not an integer from 0 to 2^64, as a decimal string above 2^53")]
    [InlineData("{\"flag\":\"f\"}", ".variants: missing")]
    [InlineData("{\"flag\":\"f\",\"variants\":[1]}", ".variants[0]: a number where the key of a variant or null must be")]
    [InlineData("{\"audience\":5}", ".audience: a number where a string must be")]
    [InlineData("{\"after\":1764000000000}", ".after: a number where a string must be")]
    [InlineData("{\"before\":\"x\",\"beforeInclusive\":true}", ".beforeInclusive: reserved: this reader refuses it")]
    [InlineData("{\"error\":\"x\"}", ".error: \"x\" is not one of MALFORMED, GENERAL, PARSE_ERROR, UNMAPPED")]
    public void Read_Condition_NamesItsPath(string condition, string fault)
    {
        string expected = $"$.flags[0].rules[0].if{fault}";
        Assert.Equal(expected, Assert.Single(Read(2, Flag($"{{\"if\":{condition},\"serve\":null}}"))));
        Assert.Equal($"$.audiences.a.if{fault}", Assert.Single(Read(2, $"\"audiences\":{{\"a\":{{\"if\":{condition}}}}}")));
    }

    [Theory]
    [InlineData("{\"hash\":\"h\",\"ranges\":[[5000.0,1e4],[\"007\",\"\\u0039\"],[\"0\",\"18446744073709551616\"]]}")]
    [InlineData("{\"attribute\":[\"\"],\"operator\":\"unheardOf\",\"value\":{\"any\":[5]}}")]
    [InlineData("{\"all\":[5],\"all\":[]}", false)]
    [InlineData("{\"all\":[false],\"all\":[]}")]
    [InlineData("{\"hash\":\"h\",\"ranges\":5,\"ranges\":[]}")]
    [InlineData("{\"before\":\"never\"}")]
    [InlineData("{\"\\u0061ll\":[]}")]
    public void Read_OddConditions_AreAcceptedOrNot(string condition, bool isAccepted = true) =>
        Assert.Equal(isAccepted, Read(2, Flag($"{{\"if\":{condition},\"serve\":null}}")).Count == 0);

    [Fact]
    public void Read_FlagOfAnExperimentThatIsNoString_IsAFaultInFormat2()
    {
        string experiments = $"[{SnapshotJson.Experiment(extra: "\"flag\":5,")}]";
        Assert.Equal(
            "$.experiments[0].flag: a number where a string must be",
            Assert.Single(SnapshotReader.Read(SnapshotJson.Of(experiments, extra: "\"format\":2,"), "prod", 1).Faults));
        Assert.Empty(SnapshotReader.Read(SnapshotJson.Of(experiments), "prod", 1).Faults);
    }

    [Fact]
    public void Read_ManyFaults_NamesEveryOneUpToALimit()
    {
        Assert.Equal(
            [
                "$.flags[0].rules[0].if.all[0].operator: missing", "$.flags[0].rules[0].if.all[1].ranges: missing",
                "$.flags[0].rules[0].serve: missing", "$.flags[0].rules[1]: null where an object must be",
            ],
            Read(2, Flag("{\"if\":{\"all\":[{\"attribute\":\"a\"},{\"hash\":\"h\"}]}},null")));
        Assert.InRange(Read(2, Flag(string.Join(',', Enumerable.Repeat("{}", 10_000)))).Count, 100, 110);
    }

    private static string Flag(string rules) => $"\"flags\":[{{\"key\":\"k\",\"variants\":{{}},\"rules\":[{rules}]}}]";

    private static IReadOnlyList<string> Read(int format, string member) => SnapshotReader.Read(
        Encoding.UTF8.GetBytes($"{{\"version\":1,\"environment\":\"prod\",\"publishedAt\":\"\",\"experiments\":[],\"format\":{format},{member}}}"),
        "prod",
        1).Faults;
}
