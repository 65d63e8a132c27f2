namespace Experiments.Client.Tests.Targeting;

/// <summary>The table of operators in the contract: every operator against every type of attribute, and operands of every type.</summary>
public sealed class OperatorTests
{
    private const string All = "missing null true false five text5 pro object array";

    private static readonly Dictionary<string, string?> s_attributes = new(StringComparer.Ordinal)
    {
        ["missing"] = null,
        ["null"] = "null",
        ["true"] = "true",
        ["false"] = "false",
        ["five"] = "5",
        ["text5"] = "\"5\"",
        ["pro"] = "\"pro\"",
        ["object"] = """{"pro":5}""",
        ["array"] = """["pro",5]""",
    };

    [Theory]
    [InlineData(null, "missing")]
    [InlineData("null", "null")]
    [InlineData("true", "true")]
    [InlineData("false", "false")]
    [InlineData("5", "five")]
    [InlineData("5.0", "five")]
    [InlineData("50e-1", "five")]
    [InlineData("\"5\"", "text5")]
    [InlineData("\"pro\"", "pro")]
    [InlineData("\"Pro\"", "")]
    [InlineData("\"\"", "")]
    [InlineData("0", "")]
    [InlineData("{}", "")]
    [InlineData("""{"pro":5}""", "")]
    [InlineData("[]", "")]
    [InlineData("[5]", "")]
    [InlineData("""["pro",5]""", "")]
    public void EqAndNeq_EachAttributeType_AreStrictAndOpposite(string? operand, string equal)
    {
        AssertHoldsFor("eq", operand, equal);
        AssertHoldsFor("neq", operand, AllBut(equal));
    }

    [Theory]
    [InlineData("[]", "")]
    [InlineData("[null]", "null")]
    [InlineData("[true]", "true")]
    [InlineData("[false]", "false")]
    [InlineData("[5]", "five")]
    [InlineData("[\"5\"]", "text5")]
    [InlineData("[\"pro\",5.0,null]", "null five pro")]
    [InlineData("[\"PRO\",\"pro \"]", "")]
    [InlineData("[[],{},[\"pro\",5]]", "")]
    public void InAndNotIn_EachAttributeType_AreStrictAndOpposite(string operand, string held)
    {
        AssertHoldsFor("in", operand, held);
        AssertHoldsFor("notIn", operand, AllBut(held));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("5")]
    [InlineData("\"pro\"")]
    [InlineData("{}")]
    [InlineData("""{"0":"pro","length":1}""")]
    public void InAndNotIn_OperandThatIsNoArray_NeverHold(string? operand)
    {
        AssertHoldsFor("in", operand, "");
        AssertHoldsFor("notIn", operand, "");
    }

    [Theory]
    [InlineData("\"\"", "text5 pro")]
    [InlineData("\"r\"", "pro")]
    [InlineData("\"pro\"", "pro")]
    [InlineData("\"R\"", "")]
    [InlineData("\"prod\"", "")]
    [InlineData("\"5\"", "text5")]
    [InlineData(null, "")]
    [InlineData("null", "")]
    [InlineData("true", "")]
    [InlineData("5", "")]
    [InlineData("[\"pro\"]", "")]
    [InlineData("{}", "")]
    public void Contains_EachAttributeType_HoldsForStringsOnly(string? operand, string held) => AssertHoldsFor("contains", operand, held);

    [Theory]
    [InlineData("4.9", "five", "")]
    [InlineData("5", "", "")]
    [InlineData("5.1", "", "five")]
    [InlineData("-1e400", "five", "")]
    [InlineData("1e400", "", "five")]
    [InlineData(null, "", "")]
    [InlineData("null", "", "")]
    [InlineData("true", "", "")]
    [InlineData("false", "", "")]
    [InlineData("\"4\"", "", "")]
    [InlineData("\"6\"", "", "")]
    [InlineData("[4]", "", "")]
    [InlineData("{}", "", "")]
    public void GtAndLt_EachAttributeType_HoldForNumbersOnly(string? operand, string greater, string less)
    {
        AssertHoldsFor("gt", operand, greater);
        AssertHoldsFor("lt", operand, less);
    }

    [Theory]
    [InlineData("")]
    [InlineData("EQ")]
    [InlineData("equals")]
    [InlineData("not_in")]
    [InlineData("gte")]
    [InlineData("exists")]
    [InlineData("never")]
    public void UnknownOperator_AnyAttribute_NeverHolds(string op)
    {
        foreach (string? operand in new[] { null, "null", "5", "\"pro\"", "[5]" })
        {
            AssertHoldsFor(op, operand, "");
        }
    }

    [Theory]
    [InlineData("-0", "0")]
    [InlineData("0", "-0.0")]
    [InlineData("1e400", "2e400")]
    [InlineData("9007199254740993", "9007199254740992")]
    [InlineData("0.1", "0.10000000000000001")]
    public void EqAndIn_NumbersThatAreTheSameDouble_Hold(string operand, string attribute)
    {
        Assert.True(Conditions.Holds("eq", operand, attribute));
        Assert.True(Conditions.Holds("in", $"[{operand}]", attribute));
        Assert.True(Conditions.Holds("in", $"[{operand},11,12,13,14,15,16,17,18,19]", attribute));
    }

    [Theory]
    [InlineData("\"\\u00e9\"", "\"e\\u0301\"")]
    [InlineData("\"a\"", "\"a\\u0000\"")]
    [InlineData("\"a\\u00ad\"", "\"a\"")]
    [InlineData("\"\\ud800\"", "\"\\ud801\"")]
    [InlineData("\"\\ud800\"", "\"\\ufffd\"")]
    public void EqAndIn_TextsThatOnlyLookAlike_DoNotHold(string operand, string attribute)
    {
        Assert.False(Conditions.Holds("eq", operand, attribute));
        Assert.False(Conditions.Holds("in", $"[{operand}]", attribute));
        Assert.False(Conditions.Holds("in", $"[{operand},\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\"]", attribute));
        Assert.True(Conditions.Holds("eq", operand, operand));
        Assert.True(Conditions.Holds("in", $"[{operand},\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\"]", operand));
    }

    [Theory]
    [InlineData("\"a\\u00adb\"", "\"\\u00ad\"", true)]
    [InlineData("\"ab\"", "\"\\u00ad\"", false)]
    [InlineData("\"stra\\u00dfe\"", "\"ss\"", false)]
    [InlineData("\"\\ud83d\\ude00\"", "\"\\ud83d\"", true)]
    public void Contains_OddTexts_IsOrdinal(string attribute, string operand, bool held) =>
        Assert.Equal(held, Conditions.Holds("contains", operand, attribute));

    private static void AssertHoldsFor(string op, string? operand, string expected) => Assert.Equal(
        expected, string.Join(' ', s_attributes.Where(a => Conditions.Holds(op, operand, a.Value)).Select(a => a.Key)));

    private static string AllBut(string names) => string.Join(' ', All.Split(' ').Except(names.Split(' ')));
}
