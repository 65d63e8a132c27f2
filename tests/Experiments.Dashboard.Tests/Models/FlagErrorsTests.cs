using Experiments.Dashboard.Models;

namespace Experiments.Dashboard.Tests.Models;

public sealed class FlagErrorsTests
{
    [Theory]
    [InlineData("rules[1].serve.split.weights must name at least one variant.", "Rule 2: weights must name at least one variant.")]
    [InlineData("rules[0] needs audience \"Beta\".", "Rule 1 needs audience \"Beta\".")]
    [InlineData("rules[0]: there is none.", "Rule 1: there is none.")]
    [InlineData("variants[2].key must be short.", "Variant 3: key must be short.")]
    [InlineData("overrides[10].userKey \"a\" is there twice.", "Override 11: userKey \"a\" is there twice.")]
    [InlineData("name must be short.", "name must be short.")]
    [InlineData("rulesets[0] must be short.", "rulesets[0] must be short.")]
    public void Of_ErrorWithAPath_CountsFromOne(string error, string expected) => Assert.Equal(expected, FlagErrors.Of(error));
}
