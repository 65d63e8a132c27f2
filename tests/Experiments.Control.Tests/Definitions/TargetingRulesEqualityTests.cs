using System.Text.Json;
using Experiments.Client.Targeting;
using Experiments.Control.Definitions;

namespace Experiments.Control.Tests.Definitions;

/// <summary>Whether a change of rules is one: it decides whether something is published.</summary>
public sealed class TargetingRulesEqualityTests
{
    [Theory]
    [InlineData("a eq 1")]
    [InlineData("a eq 1e-99999999999")]
    [InlineData("a in [1,\"1\",null,true]")]
    [InlineData("")]
    [InlineData("a eq 1 & b eq 2 | c eq 3")]
    [InlineData("a eq 1 | ")]
    public void AreSame_SameText_IsTrue(string rules) => Assert.True(TargetingRules.AreSame(Parse(rules), Parse(rules)));

    [Theory]
    [InlineData("a eq 1", "")]
    [InlineData("a eq 1", "A eq 1")]
    [InlineData("a eq 1", "a neq 1")]
    [InlineData("a eq 1", "a eq 2")]
    [InlineData("a eq 1", "a eq \"1\"")]
    [InlineData("a eq null", "a eq false")]
    [InlineData("a in [1,2]", "a in [2,1]")]
    [InlineData("a eq 1 & b eq 2", "a eq 1 | b eq 2")]
    [InlineData("a eq 1 | b eq 2", "b eq 2 | a eq 1")]
    [InlineData("a eq 1 | b eq 2", "a eq 1")]
    public void AreSame_OtherRules_IsFalse(string one, string other)
    {
        Assert.False(TargetingRules.AreSame(Parse(one), Parse(other)));
        Assert.False(TargetingRules.AreSame(Parse(other), Parse(one)));
    }

    private static TargetingRuleDocument[] Parse(string rules) =>
        rules.Length == 0
            ? []
            : [.. rules.Split('|').Select(rule => new TargetingRuleDocument { Conditions = [.. ParseConditions(rule)] })];

    private static IEnumerable<ConditionDocument> ParseConditions(string rule) => rule
        .Split('&', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Select(condition => condition.Split(' ', 3))
        .Select(parts => new ConditionDocument { Attribute = parts[0], Operator = parts[1], Value = JsonElement.Parse(parts[2]) });
}
