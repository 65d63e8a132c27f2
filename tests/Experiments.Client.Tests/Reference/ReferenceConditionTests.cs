namespace Experiments.Client.Tests.Reference;

public sealed class ReferenceConditionTests
{
    [Theory]
    [InlineData("true", "{}", true)]
    [InlineData("""{"all":[]}""", "{}", true)]
    [InlineData("""{"any":[]}""", "{}", false)]
    [InlineData("""{"not":{"any":[false,true]}}""", "{}", false)]
    [InlineData("""{"any":[true,{"error":"GENERAL"}]}""", "{}", true)] // Short-circuit.
    [InlineData("""{"all":[false,{"audience":"nope"}]}""", "{}", false)]
    [InlineData("""{"attribute":"a","operator":"in","value":["X"],"ignoreCase":true}""", """{"a":"x"}""", true)]
    [InlineData("""{"attribute":"a","operator":"notIn","value":["X"],"ignoreCase":true}""", """{"a":"x"}""", false)]
    [InlineData("""{"attribute":"a","operator":"eq","value":"X","ignoreCase":true}""", """{"a":"x"}""", false)]
    [InlineData("""{"attribute":"a","operator":"contains","value":"X","ignoreCase":true}""", """{"a":"x"}""", false)]
    [InlineData("""{"attribute":"a","operator":"endsWith","value":[1,"É"],"ignoreCase":true}""", """{"a":"caf\u00e9"}""", true)]
    [InlineData("""{"attribute":"a","operator":"startsWith","value":["softh"]}""", """{"a":"soft\u00adhyphen"}""", false)]
    [InlineData("""{"attribute":"a","operator":"startsWith","value":"x"}""", """{"a":"x"}""", false)]
    [InlineData("""{"attribute":"a","operator":"gte","value":1}""", """{"a":1.0}""", true)]
    [InlineData("""{"attribute":"a","operator":"gte","value":1}""", """{"a":"1"}""", false)]
    [InlineData("""{"attribute":"a","operator":"matches","value":"a$"}""", """{"a":"a\n"}""", false)]
    [InlineData("""{"attribute":"a","operator":"matches","value":"^.$"}""", """{"a":"\ud83d\ude00"}""", true)]
    [InlineData("""{"attribute":"a","operator":"matches","value":"\\d"}""", """{"a":"\u0663"}""", false)]
    [InlineData("""{"attribute":"a","operator":"matches","value":"("}""", """{"a":"("}""", false)]
    [InlineData("""{"attribute":"a","operator":"semverLt","value":"1.0.0"}""", """{"a":"1.0.0-rc.1"}""", true)]
    [InlineData("""{"attribute":"a","operator":"semverGt","value":"1.0.0-alpha.9"}""", """{"a":"1.0.0-alpha.10"}""", true)]
    [InlineData("""{"attribute":"a","operator":"semverEq","value":"1.0.0+a"}""", """{"a":"1.0.0+b"}""", true)]
    [InlineData("""{"attribute":"a","operator":"semverGte","value":"1.0"}""", """{"a":"1.0.0"}""", false)]
    [InlineData("""{"attribute":"a","operator":"after","value":1767225600000}""", """{"a":"2026-01-01T00:00:00Z"}""", false)]
    [InlineData("""{"attribute":"a","operator":"after","value":1767225600000}""", """{"a":"2026-01-01T00:00:00.0000001Z"}""", true)]
    [InlineData("""{"attribute":"a","operator":"before","value":"2026-01-01T02:00:00+02:00"}""", """{"a":1767225599999}""", true)]
    [InlineData("""{"attribute":"a","operator":"before","value":"2026-01-01"}""", """{"a":0}""", false)]
    [InlineData("""{"attribute":"a","operator":"cidr","value":["x","10.0.0.0/8"]}""", """{"a":"10.9.9.9"}""", true)]
    [InlineData("""{"attribute":"a","operator":"cidr","value":["2001:db8::/32"]}""", """{"a":"2001:DB8:1::"}""", true)]
    [InlineData("""{"attribute":"a","operator":"cidr","value":["0.0.0.0/0"]}""", """{"a":"::ffff:10.0.0.1"}""", true)]
    [InlineData("""{"attribute":"a","operator":"cidr","value":["::/0"]}""", """{"a":"::ffff:10.0.0.1"}""", false)]
    [InlineData("""{"attribute":"a","operator":"cidr","value":["::ffff:10.0.0.0/104"]}""", """{"a":"10.9.0.1"}""", true)]
    [InlineData("""{"attribute":"a","operator":"exists","value":false}""", """{"a":null}""", true)]
    [InlineData("""{"attribute":"a","operator":"exists","value":1}""", """{"a":1}""", false)]
    [InlineData("""{"attribute":"a","operator":"type","value":["undefined"]}""", "{}", true)]
    [InlineData("""{"attribute":"a","operator":"type","value":["null","array"]}""", """{"a":[]}""", true)]
    [InlineData("""{"attribute":"a","operator":"EQ","value":1}""", """{"a":1}""", false)]
    [InlineData("""{"attribute":["a.b"],"operator":"eq","value":1}""", """{"a":{"b":1}}""", false)]
    [InlineData("""{"attribute":"a.b","operator":"eq","value":1}""", """{"a":{"b":1},"a.b":2}""", false)]
    public void Condition_Alone_Holds(string condition, string context, bool holds) => AssertHolds(condition, context, holds);

    [Theory]
    [InlineData("""{"attribute":["","n"],"operator":"eq","value":2}""", true)]
    [InlineData("""{"attribute":[""],"operator":"eq","value":"x"}""", true)]
    [InlineData("""{"attribute":"","operator":"eq","value":"own"}""", true)] // The context's, not the element.
    [InlineData("""{"attribute":"plan","operator":"eq","value":"pro"}""", true)]
    [InlineData("""{"attribute":["","n"],"operator":"eq","value":3}""", false)]
    [InlineData("""{"attribute":[""],"operator":"some","if":{"attribute":[""],"operator":"eq","value":"inner"}}""", true)]
    [InlineData("""{"audience":"own"}""", true)] // Sees the context's key "".
    public void Condition_InSome_TestsTheElement(string nested, bool holds) => AssertHolds(
        $$"""{"attribute":"list","operator":"some","if":{{nested}}}""",
        """{"plan":"pro","":"own","list":["x",{"n":2},["inner"]]}""",
        holds);

    [Theory]
    [InlineData("""{"attribute":["list"],"operator":"size","if":{"attribute":[""],"operator":"gte","value":2}}""", true)]
    [InlineData("""{"attribute":["list"],"operator":"size","if":{"attribute":["","x"],"operator":"exists","value":true}}""", false)]
    [InlineData("""{"attribute":["list"],"operator":"size"}""", false)]
    [InlineData("""{"attribute":"plan","operator":"size","if":true}""", false)]
    public void Condition_InSize_TestsTheLength(string condition, bool holds) =>
        AssertHolds(condition, """{"plan":"pro","list":[1,2]}""", holds);

    [Theory]
    [InlineData("""{"audience":"nope"}""", "MALFORMED")]
    [InlineData("""{"audience":"loop"}""", "CYCLE")]
    [InlineData("""{"hash":"nope","ranges":[]}""", "MALFORMED")]
    [InlineData("""{"after":"2026-01-01"}""", "MALFORMED")]
    [InlineData("""{"not":{"error":"UNMAPPED"}}""", "UNMAPPED")]
    [InlineData("""{"flag":"f","variants":[]}""", "CYCLE")]
    public void Condition_Fault_IsAnError(string condition, string fault) => Assert.Equal(
        new ReferenceDecision("ERROR", Fault: fault), ReferenceRig.Decide(Snapshot(condition), "f"));

    private static void AssertHolds(string condition, string context, bool holds) => Assert.Equal(
        holds ? ("a", "TARGETING_MATCH") : ("d", "DEFAULT"),
        ReferenceRig.Decide(Snapshot(condition), "f", context: context) is var decision ? (decision.VariantKey, decision.Reason) : default);

    private static string Snapshot(string condition) => ReferenceRig.Snapshot(
        $"[{ReferenceRig.Flag($$"""[{"if":{{condition}},"serve":"a"}]""")}]",
        audiences: """{"own":{"if":{"attribute":[""],"operator":"eq","value":"own"}},"loop":{"if":{"audience":"loop"}}}""");
}
