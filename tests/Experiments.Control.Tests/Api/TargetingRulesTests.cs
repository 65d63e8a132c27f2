using System.Net;
using Experiments.Control.Tests.Support;

namespace Experiments.Control.Tests.Api;

public sealed class TargetingRulesTests(ControlServer server) : IClassFixture<ControlServer>
{
    private ApiClient Api => server.Api;

    [Theory]
    [InlineData("eq", "\"US\"")]
    [InlineData("eq", "1.50")]
    [InlineData("eq", "true")]
    [InlineData("eq", "null")]
    [InlineData("neq", "\"\"")]
    [InlineData("neq", "-0")]
    [InlineData("in", "[]")]
    [InlineData("in", """["a",1,true,null]""")]
    [InlineData("notIn", """["a"]""")]
    [InlineData("contains", "\"x\"")]
    [InlineData("contains", "\"\"")]
    [InlineData("gt", "1e3")]
    [InlineData("lt", "-7")]
    public async Task Rules_KnownOperatorWithFittingOperand_AreKeptAsGiven(string @operator, string value)
    {
        string environmentId = (await Api.CreateEnvironmentAsync()).Id;
        string rules = RulesOf($$"""{"attribute":"a.b","operator":"{{@operator}}","value":{{value}}}""");

        Answer created = await Api.PostAsync(
            "/experiments", $$"""{"key":"k","name":"n","environmentId":"{{environmentId}}","targetingRules":{{rules}}}""");

        Assert.Equal(rules, created.Expect(HttpStatusCode.Created)["targetingRules"].GetRawText());
    }

    [Theory]
    [InlineData("""{"attribute":"a","operator":"equals","value":1}""", "operator ")]
    [InlineData("""{"attribute":"a","operator":"EQ","value":1}""", "operator ")]
    [InlineData("""{"attribute":"a","operator":"","value":1}""", "operator ")]
    [InlineData("""{"attribute":"a","operator":null,"value":1}""", "operator ")]
    [InlineData("""{"attribute":"a","value":1}""", "operator ")]
    [InlineData("""{"attribute":"a","operator":7,"value":1}""", "operator ")]
    [InlineData("""{"operator":"eq","value":1}""", "attribute ")]
    [InlineData("""{"attribute":"","operator":"eq","value":1}""", "attribute ")]
    [InlineData("""{"attribute":null,"operator":"eq","value":1}""", "attribute ")]
    [InlineData("""{"attribute":["a"],"operator":"eq","value":1}""", "attribute ")]
    [InlineData("""{"attribute":"a","operator":"eq"}""", "value ")]
    [InlineData("""{"attribute":"a","operator":"eq","value":[1]}""", "value ")]
    [InlineData("""{"attribute":"a","operator":"neq","value":{}}""", "value ")]
    [InlineData("""{"attribute":"a","operator":"in","value":"a"}""", "value ")]
    [InlineData("""{"attribute":"a","operator":"in","value":null}""", "value ")]
    [InlineData("""{"attribute":"a","operator":"in","value":[["a"]]}""", "value ")]
    [InlineData("""{"attribute":"a","operator":"notIn","value":[{}]}""", "value ")]
    [InlineData("""{"attribute":"a","operator":"contains","value":1}""", "value ")]
    [InlineData("""{"attribute":"a","operator":"contains","value":["a"]}""", "value ")]
    [InlineData("""{"attribute":"a","operator":"gt","value":"1"}""", "value ")]
    [InlineData("""{"attribute":"a","operator":"lt","value":null}""", "value ")]
    [InlineData("""{"attribute":"a","operator":"gt","value":1e999}""", "value ")]
    [InlineData("""{"attribute":"a","operator":"eq","value":-1e999}""", "value ")]
    [InlineData("""{"attribute":"a","operator":"in","value":[1e999]}""", "value ")]
    public async Task Rules_ConditionThatMakesNoSense_Answers400WithThePath(string condition, string member)
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync();
        string rules = $$"""[{"conditions":[{"attribute":"a","operator":"eq","value":1},{{condition}}]}]""";

        string error = (await Api.PatchAsync(scenario.Path, $$"""{"targetingRules":{{rules}}}""")).ExpectProblem(HttpStatusCode.BadRequest);

        Assert.StartsWith($"targetingRules[0].conditions[1].{member}", error, StringComparison.Ordinal);
        Assert.Equal("[]", (await Api.GetAsync(scenario.Path))["targetingRules"].GetRawText());
    }

    [Theory]
    [InlineData("""[{"conditions":null}]""", "targetingRules[0].conditions ")]
    [InlineData("""[{"conditions":{}}]""", "targetingRules[0].conditions ")]
    [InlineData("""[{"conditions":[]},{"conditions":["a"]}]""", "targetingRules[1].conditions[0] ")]
    [InlineData("""[[]]""", "targetingRules[0] ")]
    public async Task Rules_OfWrongShape_Answers400WithThePath(string rules, string path)
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync();

        string error = (await Api.PatchAsync(scenario.Path, $$"""{"targetingRules":{{rules}}}""")).ExpectProblem(HttpStatusCode.BadRequest);

        Assert.StartsWith(path, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rules_UnknownMembers_AreDropped()
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync();

        Answer changed = await Api.PatchAsync(
            scenario.Path,
            """{"targetingRules":[{"name":"r","conditions":[{"attribute":"a","operator":"eq","value":1,"note":"x"}]}]}""");

        Assert.Equal(
            RulesOf("""{"attribute":"a","operator":"eq","value":1}"""), changed.Expect(HttpStatusCode.OK)["targetingRules"].GetRawText());
    }

    private static string RulesOf(string condition) => $$"""[{"conditions":[{{condition}}]}]""";
}
