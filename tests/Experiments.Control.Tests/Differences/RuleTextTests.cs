using Experiments.Control.Differences;

namespace Experiments.Control.Tests.Differences;

public sealed class RuleTextTests
{
    [Theory]
    [InlineData("eq", "\"DE\"", "x is \"DE\"")]
    [InlineData("eq", "null", "x is null")]
    [InlineData("neq", "true", "x is not true")]
    [InlineData("in", "[\"DE\",\"FR\"]", "x is one of \"DE\", \"FR\"")]
    [InlineData("in", "[1]", "x is 1")]
    [InlineData("in", "[]", "x is one of nothing")]
    [InlineData("notIn", "[1, 2]", "x is none of 1, 2")]
    [InlineData("notIn", "[1]", "x is not 1")]
    [InlineData("contains", "\"a\"", "x contains \"a\"")]
    [InlineData("gt", "18", "x is greater than 18")]
    [InlineData("lt", "18", "x is less than 18")]
    [InlineData("gte", "18", "x is at least 18")]
    [InlineData("lte", "18", "x is at most 18")]
    [InlineData("startsWith", "[\"a\",\"b\"]", "x starts with \"a\" or \"b\"")]
    [InlineData("endsWith", "\"a\"", "x ends with \"a\"")]
    [InlineData("matches", "\"^a.*\\\\d$\"", "x matches \"^a.*\\\\d$\"")]
    [InlineData("semverEq", "\"1.2.3\"", "x is version 1.2.3")]
    [InlineData("semverGt", "\"1.2.3\"", "x is later than version 1.2.3")]
    [InlineData("semverGte", "\"1.2.3\"", "x is version 1.2.3 or later")]
    [InlineData("semverLt", "\"1.2.3\"", "x is earlier than version 1.2.3")]
    [InlineData("semverLte", "\"1.2.3\"", "x is version 1.2.3 or earlier")]
    [InlineData("before", "\"2026-12-01T00:00:00Z\"", "x is before 2026-12-01 00:00 UTC")]
    [InlineData("after", "0", "x is after 1970-01-01 00:00 UTC")]
    [InlineData("after", "\"soon\"", "x is after \"soon\"")]
    [InlineData("cidr", "[\"10.0.0.0/8\",\"::1/128\"]", "x is an address in 10.0.0.0/8 or ::1/128")]
    [InlineData("exists", "true", "x is set")]
    [InlineData("exists", "false", "x is not set")]
    [InlineData("type", "[\"string\",\"number\"]", "x is of type string or number")]
    [InlineData("size", "3", "x has a size that fits 3")]
    [InlineData("some", "3", "x has an element that fits 3")]
    [InlineData("nope", "", "x \"nope\" nothing (unknown operator: holds for nobody)")]
    public void Of_EachOperator_ReadsLikeASentence(string op, string value, string expected) =>
        Assert.Equal(expected, RuleText.Of(Contents.Rules(("x", op, value))));

    [Fact]
    public void Of_SeveralRules_AreToldApart() => Assert.Equal(
        "country is one of \"US\", \"CA\" and plan is \"pro\"; or \"a b\" is greater than 18",
        RuleText.Of([
            .. Contents.Rules(("country", "in", "[\"US\",\"CA\"]"), ("plan", "eq", "\"pro\"")), .. Contents.Rules(("a b", "gt", "18"))]));

    [Fact]
    public void Of_NoConditions_IsEveryone()
    {
        Assert.Equal("everyone", RuleText.Of([]));
        Assert.Equal("everyone", RuleText.Of([.. Contents.Rules(("x", "eq", "1")), .. Contents.Rules()]));
    }

    [Fact]
    public void Of_LongListsAndValues_AreCut()
    {
        string list = RuleText.Of(Contents.Rules(("x", "in", $"[{string.Join(',', Enumerable.Range(1000, 1000))}]")));
        string value = RuleText.Of(Contents.Rules(("x", "eq", $"\"{new string('ü', 500)}\"")));

        Assert.EndsWith(" more", list, StringComparison.Ordinal);
        Assert.InRange(list.Length, 150, 240);
        Assert.EndsWith("…", value, StringComparison.Ordinal);
        Assert.InRange(value.Length, 200, 210);
    }
}
