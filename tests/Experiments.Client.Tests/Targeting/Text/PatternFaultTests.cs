using Experiments.Client.Targeting.Text;

namespace Experiments.Client.Tests.Targeting.Text;

/// <summary>What RE2 refuses, and the bounds.</summary>
public sealed class PatternFaultTests
{
    [Theory]
    [InlineData("(", "no closing ), at index 0")]
    [InlineData("a(b", "no closing ), at index 1")]
    [InlineData(")", "no opening one, at index 0")]
    [InlineData("a)b", "no opening one, at index 1")]
    [InlineData("(?i", "no closing )")]
    [InlineData("(?", "no closing )")]
    [InlineData("[a", "no closing ]")]
    [InlineData("[]", "no closing ]")]
    [InlineData("[^", "no closing ]")]
    [InlineData("[^]", "no closing ]")]
    [InlineData("[a-", "no closing ]")]
    [InlineData("[z-a]", "runs backwards, at index 1")]
    [InlineData(@"[a-\d]", "no such escape")]
    [InlineData("[[:foo:]]", "no class of that name")]
    [InlineData("[[:^^alpha:]]", "no class of that name")]
    [InlineData("[[:ALPHA:]]", "no class of that name")]
    [InlineData("[[:^:]]", "no class of that name")]
    [InlineData("*", "nothing is before")]
    [InlineData("a|*", "nothing is before")]
    [InlineData("(+)", "nothing is before")]
    [InlineData("?", "nothing is before")]
    [InlineData("{2}", "nothing is before")]
    [InlineData("a**", "a repeat follows a repeat")]
    [InlineData("a++", "a repeat follows a repeat")]
    [InlineData("a*+", "a repeat follows a repeat")]
    [InlineData("a??+", "a repeat follows a repeat")]
    [InlineData("a+??", "a repeat follows a repeat")]
    [InlineData("a{2}{3}", "a repeat follows a repeat")]
    [InlineData("a{2}*", "a repeat follows a repeat")]
    [InlineData("a{3,2}", "counts down")]
    [InlineData("a{1001}", "more than 1000")]
    [InlineData("a{1,1001}", "more than 1000")]
    [InlineData("a{1001,}", "more than 1000")]
    [InlineData("a{99999999999999999999}", "more than 1000")]
    [InlineData("(a{100}){11}", "multiply to more than 1000")]
    [InlineData("((a{10}){10,}){11}", "multiply to more than 1000")]
    [InlineData("(((){1000}){1000}){1000}", "multiply to more than 1000")]
    [InlineData(@"\", @"single \")]
    [InlineData(@"[\", @"single \")]
    [InlineData(@"(a)\1", "back-references")]
    [InlineData(@"\8", "no such escape")]
    [InlineData(@"\Z", "no such escape")]
    [InlineData(@"\G", "no such escape")]
    [InlineData(@"\E", "no such escape")]
    [InlineData(@"\C", "no such escape")]
    [InlineData(@"\K", "no such escape")]
    [InlineData(@"\e", "no such escape")]
    [InlineData(@"\u0041", "no such escape")]
    [InlineData(@"\k<a>", "no such escape")]
    [InlineData(@"\é", "no such escape")]
    [InlineData(@"[\b]", "no such escape")]
    [InlineData(@"[\B]", "no such escape")]
    [InlineData(@"[\A]", "no such escape")]
    [InlineData(@"[\Qa\E]", "no such escape")]
    [InlineData(@"\x", @"\x needs")]
    [InlineData(@"\x4", @"\x needs")]
    [InlineData(@"\x{}", @"\x needs")]
    [InlineData(@"\x{41", @"\x needs")]
    [InlineData(@"\x4g", "no hexadecimal number")]
    [InlineData(@"\x{110000}", "no hexadecimal number")]
    [InlineData(@"\x{ffffffffffffffff}", "no hexadecimal number")]
    [InlineData(@"\x{-1}", "no hexadecimal number")]
    [InlineData(@"\p", "Unicode category")]
    [InlineData(@"\p{", "Unicode category")]
    [InlineData(@"\p{Lu", "Unicode category")]
    [InlineData(@"\p{}", "Unicode category")]
    [InlineData(@"\pX", "no Unicode category X")]
    [InlineData(@"\p{LU}", "no Unicode category LU")]
    [InlineData(@"\p{Cn}", "no Unicode category Cn")]
    [InlineData(@"\p{Greek}", "no Unicode category Greek; scripts are not supported")]
    [InlineData(@"[\p{Greek}]", "scripts are not supported")]
    [InlineData("(?=a)", "look-around")]
    [InlineData("(?!a)", "look-around")]
    [InlineData("(?<=a)", "look-around")]
    [InlineData("(?<!a)", "look-around")]
    [InlineData("(?>a)", "no such group")]
    [InlineData("(?#a)", "no such group")]
    [InlineData("(?|a)", "no such group")]
    [InlineData("(?x)a", "no such group")]
    [InlineData("(?-)a", "no such group")]
    [InlineData("(?i-)a", "no such group")]
    [InlineData("(?i--s)a", "no such group")]
    [InlineData("(?P=a)", "no such group")]
    [InlineData("(?P>a)", "no such group")]
    [InlineData("(?(1)a)", "no such group")]
    [InlineData("(?'a'b)", "no such group")]
    [InlineData("(?P<>a)", "the name of a group")]
    [InlineData("(?P<a-b>a)", "the name of a group")]
    [InlineData("(?P<a", "the name of a group")]
    [InlineData("(?<", "the name of a group")]
    [InlineData("(?<a>x)(?P<a>y)", "two groups have the name a")]
    public void TryParse_WhatRe2Refuses_IsAFault(string pattern, string fault)
    {
        Assert.False(Pattern.TryParse(pattern, ignoreCase: false, out Pattern? parsed, out string actual), pattern);
        Assert.Null(parsed);
        Assert.Contains(fault, actual, StringComparison.Ordinal);
    }

    [Fact]
    public void TryParse_Length_IsBounded() => AssertBound(
        new string('a', Pattern.MaxLength), new string('a', Pattern.MaxLength + 1), "4096");

    [Fact]
    public void TryParse_Nesting_IsBounded() => AssertBound(Nested(PatternParser.MaxDepth), Nested(PatternParser.MaxDepth + 1), "200");

    [Fact]
    public void TryParse_Steps_AreBounded()
    {
        // One step for the match.
        AssertBound(Steps(PatternCompiler.MaxSteps - 1), Steps(PatternCompiler.MaxSteps), "10000 steps");
        Assert.True(Pattern.TryParse(Steps(PatternCompiler.MaxSteps - 1), ignoreCase: false, out Pattern? parsed, out _));
        Assert.Equal(PatternCompiler.MaxSteps, parsed.StepCount);
        Assert.True(parsed.IsMatch(new string('a', PatternCompiler.MaxSteps - 1)));
        Assert.False(parsed.IsMatch(new string('a', PatternCompiler.MaxSteps - 2)));
    }

    private static void AssertBound(string largest, string larger, string fault)
    {
        Assert.True(Pattern.TryParse(largest, ignoreCase: false, out _, out string none), none);
        Assert.False(Pattern.TryParse(larger, ignoreCase: false, out _, out string actual));
        Assert.Contains(fault, actual, StringComparison.Ordinal);
    }

    private static string Nested(int depth) => new string('(', depth) + "a" + new string(')', depth);

    private static string Steps(int count) =>
        string.Concat(Enumerable.Repeat("a{1000}", count / 1_000)) + new string('a', count % 1_000);
}
