using System.Text;
using Experiments.Client.Snapshots;
using Experiments.Client.Snapshots.Loading;
using Experiments.Client.Targeting;

namespace Experiments.Client.Tests.Targeting;

/// <summary>Every operator of format 2: match, miss, missing, null, wrong type; in flags, and in the rules of experiments.</summary>
public sealed class Format2OperatorTests
{
    [Theory]
    [InlineData("eq", "\"x\"", "\"x\"", "\"X\"", "1")]
    [InlineData("in", "[\"x\",1,true]", "true", "false", "[\"x\"]")]
    [InlineData("contains", "\"b\"", "\"abc\"", "\"ABC\"", "[\"b\"]")]
    [InlineData("gt", "2", "2.5", "2", "\"3\"")]
    [InlineData("lt", "2", "1.5", "2", "\"1\"")]
    [InlineData("gte", "2", "2", "1.9", "\"2\"")]
    [InlineData("lte", "2", "2", "2.1", "\"2\"")]
    [InlineData("startsWith", "[\"ab\",\"x\"]", "\"abc\"", "\"Abc\"", "[\"abc\"]")]
    [InlineData("startsWith", "[\"a1\",\"a2\",\"a3\",\"a4\",\"a5\",\"a6\",\"a7\",\"a8\",\"b\"]", "\"bc\"", "\"a9\"", "1")]
    [InlineData("endsWith", "[\".com\",\"x\"]", "\"a.com\"", "\"a.COM\"", "{}")]
    [InlineData("matches", "\"^a+b?$\"", "\"aab\"", "\"aab\\n\"", "5")]
    [InlineData("semverEq", "\"1.2.3\"", "\"1.2.3+build\"", "\"1.2.3-rc\"", "1.2")]
    [InlineData("semverGt", "\"1.2.3\"", "\"1.10.0\"", "\"1.2.3\"", "2")]
    [InlineData("semverGte", "\"1.2.3\"", "\"1.2.3\"", "\"1.2.3-rc.1\"", "\"v9.9.9\"")]
    [InlineData("semverLt", "\"1.2.3\"", "\"1.2.3-rc.1\"", "\"1.2.3\"", "\"1.2\"")]
    [InlineData("semverLte", "\"1.2.3\"", "\"1.2.3\"", "\"1.2.4\"", "1")]
    [InlineData("before", "\"2026-11-24T00:00:00Z\"", "\"2026-11-23T23:59:59.9999999Z\"", "\"2026-11-24T01:00:00+01:00\"", "\"yesterday\"")]
    [InlineData("before", "1000", "999.5", "1000", "true")]
    [InlineData("after", "\"2026-11-24T00:00:00Z\"", "1795478400001", "\"2026-11-24T00:00:00Z\"", "[]")]
    [InlineData("cidr", "[\"10.0.0.0/8\",\"2001:db8::/32\"]", "\"::ffff:10.1.2.3\"", "\"11.0.0.1\"", "\"10.0.0.0/8\"")]
    public void Holds_MatchMissMissingNullWrongType_AsTheTableHasIt(string op, string operand, string match, string miss, string wrongType)
    {
        Assert.True(Holds(op, operand, match));
        Assert.False(Holds(op, operand, miss));
        Assert.False(Holds(op, operand, null));
        Assert.False(Holds(op, operand, "null"));
        Assert.False(Holds(op, operand, wrongType));
    }

    [Theory]
    [InlineData("neq", "\"x\"", "\"x\"")]
    [InlineData("notIn", "[\"x\",2]", "2")]
    public void Holds_Negations_AreTrueForMissingNullAndOtherTypes(string op, string operand, string match)
    {
        Assert.False(Holds(op, operand, match));
        Assert.True(Holds(op, operand, "\"y\""));
        Assert.True(Holds(op, operand, null));
        Assert.True(Holds(op, operand, "null"));
        Assert.True(Holds(op, operand, "[\"x\"]"));
    }

    [Theory]
    [InlineData("true", "0", true)]
    [InlineData("true", "\"\"", true)]
    [InlineData("true", "[]", true)]
    [InlineData("true", "null", false)]
    [InlineData("true", null, false)]
    [InlineData("false", "null", true)]
    [InlineData("false", null, true)]
    [InlineData("false", "false", false)]
    [InlineData("\"true\"", "1", false)]
    [InlineData("null", null, false)]
    public void Exists_Attribute_IsThereUnlessAbsentOrNull(string operand, string? value, bool holds) =>
        Assert.Equal(holds, Holds("exists", operand, value));

    [Theory]
    [InlineData("undefined", null)]
    [InlineData("null", "null")]
    [InlineData("boolean", "false")]
    [InlineData("boolean", "true")]
    [InlineData("number", "1e400")]
    [InlineData("string", "\"\"")]
    [InlineData("array", "[]")]
    [InlineData("object", "{}")]
    public void Type_Attribute_IsOfItsTypeOnly(string name, string? value)
    {
        string[] names = ["undefined", "null", "boolean", "number", "string", "array", "object"];
        Assert.True(Holds("type", $"[1,\"{name}\"]", value));
        Assert.False(Holds("type", $"[{string.Join(',', names.Where(other => other != name).Select(other => $"\"{other}\""))}]", value));
        Assert.False(Holds("type", $"\"{name}\"", value));
    }

    [Theory]
    [InlineData("[1,2,3]", true)]
    [InlineData("[1]", false)]
    [InlineData("[]", false)]
    [InlineData("\"abc\"", false)]
    [InlineData("{\"length\":3}", false)]
    [InlineData("null", false)]
    [InlineData(null, false)]
    public void Size_List_IsComparedByItsLength(string? value, bool holds) => Assert.Equal(
        holds, HoldsIn("""{"attribute":"a","operator":"size","if":{"attribute":[""],"operator":"gte","value":2}}""", value));

    [Theory]
    [InlineData("[{\"n\":1},{\"n\":5}]", true)]
    [InlineData("[{\"n\":1},{\"m\":5}]", false)]
    [InlineData("[]", false)]
    [InlineData("{\"n\":5}", false)]
    [InlineData("null", false)]
    [InlineData(null, false)]
    public void Some_List_HoldsForAnElement(string? value, bool holds) => Assert.Equal(
        holds, HoldsIn("""{"attribute":"a","operator":"some","if":{"attribute":["","n"],"operator":"gt","value":4}}""", value));

    [Fact]
    public void Some_OtherAttributeInside_IsThatOfTheContext() => Assert.True(HoldsIn(
        """{"attribute":"a","operator":"some","if":{"all":[{"attribute":[""],"operator":"eq","value":2},{"attribute":"a.0","operator":"eq","value":1}]}}""",
        "[1,2]"));

    [Theory]
    [InlineData("in", "[\"Straße\",1]", "\"STRAßE\"", true)]
    [InlineData("in", "[\"x\",1,null]", "null", true)]
    [InlineData("in", "[\"x\",1]", "1", true)]
    [InlineData("notIn", "[\"x\"]", "\"X\"", false)]
    [InlineData("startsWith", "[\"AB\"]", "\"abc\"", true)]
    [InlineData("startsWith", "[\"A1\",\"A2\",\"A3\",\"A4\",\"A5\",\"A6\",\"A7\",\"A8\",\"B\"]", "\"bc\"", true)]
    [InlineData("endsWith", "[\"BC\"]", "\"abc\"", true)]
    [InlineData("matches", "\"^ABC$\"", "\"abc\"", true)]
    [InlineData("eq", "\"X\"", "\"x\"", false)]
    [InlineData("contains", "\"X\"", "\"x\"", false)]
    public void Holds_IgnoreCase_CountsWhereTheOperatorHasTheChoice(string op, string operand, string value, bool holds) =>
        Assert.Equal(holds, HoldsIn(FlagsJson.Condition(op, operand, ",\"ignoreCase\":true"), value));

    [Theory]
    [InlineData("gte", "\"2\"")]
    [InlineData("startsWith", "\"a\"")]
    [InlineData("matches", "\"(\"")]
    [InlineData("matches", "\"(?=a)\"")]
    [InlineData("semverGt", "\"1\"")]
    [InlineData("before", "\"tomorrow\"")]
    [InlineData("cidr", "\"10.0.0.0/8\"")]
    [InlineData("cidr", "[\"10.0.0.0/99\"]")]
    [InlineData("notIn", "\"a\"")]
    [InlineData("like", "\"a\"")]
    public void Holds_OperandThatTheOperatorCannotUse_NeverHolds(string op, string operand)
    {
        foreach (string? value in new[] { "\"a\"", "2", "\"1.0.0\"", "\"10.0.0.1\"", "null", null })
        {
            Assert.False(Holds(op, operand, value));
        }
    }

    private static bool Holds(string op, string operand, string? value)
    {
        bool inFlag = HoldsIn(FlagsJson.Condition(op, operand), value);
        string experiment = SnapshotJson.Experiment(targetingRules: SnapshotJson.Rule("a", op, operand), allocations: SnapshotJson.Everyone);
        Assert.Equal(inFlag, Decide(FlagsJson.Of("", experiments: experiment), value).IsAssigned);
        return inFlag;
    }

    private static bool HoldsIn(string condition, string? value)
    {
        bool holds = Decide(FlagsJson.Of(FlagsJson.On("f", condition)), value).IsOn;
        Assert.NotEqual(holds, Decide(FlagsJson.Of(FlagsJson.On("f", $"{{\"not\":{condition}}}")), value).IsOn);
        return holds;
    }

    private static Decision Decide(byte[] json, string? value)
    {
        SnapshotLoad load = SnapshotReader.Read(json, "prod", 1);
        Assert.Empty(load.Faults);
        CompiledSnapshot snapshot = load.Snapshot!;
        DecisionContext context = new DecisionContext().SetJson(Encoding.UTF8.GetBytes(value is null ? "{}" : $"{{\"a\":{value}}}"));
        return Modes.Decide(snapshot, 0, "user", new ContextAttributes(context));
    }
}
