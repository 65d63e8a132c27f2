using System.Net;
using System.Text.Json;
using Experiments.Control.Tests.Support;

namespace Experiments.Control.Tests.Api;

public sealed class ExplainTests(ControlServer server) : IClassFixture<ControlServer>
{
    private static readonly string[] s_members =
        ["environment", "version", "key", "variant", "value", "reason", "rule", "error", "steps", "text"];

    private ApiClient Api => server.Api;

    [Fact]
    public async Task Explain_RuleHolds_SaysWhy()
    {
        Answer environment = await Api.CreateEnvironmentAsync();
        Answer flag = await Api.CreateTwoValuedAsync(environment.Id, "price", [HighIn("US")]);

        Answer answer = (await Api.ExplainAsync(NameOf(environment), "u1", "price", new { country = "US" })).Expect(HttpStatusCode.OK);

        Shapes.AssertMembers(s_members, answer.Json);
        Assert.Equal(NameOf(environment), answer["environment"].GetString());
        Assert.Equal(1, answer["version"].GetInt64());
        Assert.Equal("price", answer["key"].GetString());
        Assert.Equal("high", answer["variant"].GetString());
        Assert.Equal(2, answer["value"].GetInt32());
        Assert.Equal("TARGETING_MATCH", answer["reason"].GetString());
        Assert.Equal(flag["rules"][0].GetProperty("id").GetString(), answer["rule"].GetString());
        Assert.Equal(JsonValueKind.Null, answer["error"].ValueKind);
        JsonElement condition = Assert.Single(StepsOf(answer, "condition"));
        Assert.Equal("country eq \"US\", which is \"US\": holds", condition.GetProperty("text").GetString());
        Assert.True(condition.GetProperty("holds").GetBoolean());
        Assert.Equal(0, condition.GetProperty("depth").GetInt32());
        Assert.Equal(JsonValueKind.Null, condition.GetProperty("bucket").ValueKind);
    }

    [Fact]
    public async Task Explain_Text_IsALineForEachStepAndTheDecision()
    {
        Answer environment = await Api.CreateEnvironmentAsync();
        await Api.CreateTwoValuedAsync(environment.Id, "price", [HighIn("US")]);

        Answer answer = (await Api.ExplainAsync(NameOf(environment), "u1", "price")).Expect(HttpStatusCode.OK);

        string[] lines = answer["text"].GetString()!.Split('\n');
        Assert.Equal(
            Shapes.Column(answer["steps"], "text").Append("price: low (DEFAULT, version 1)"), lines.Select(static line => line.Trim()));
        Assert.Contains("which is missing: does not hold", answer["text"].GetString()!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_EarlierVersionAndDraft_DecideByThem()
    {
        Answer environment = await Api.CreateEnvironmentAsync();
        Answer flag = await Api.CreateTwoValuedAsync(environment.Id, "price", [HighIn("US")]);
        await ServeAsync(flag.Id, HighIn("DE"));
        await Api.PublishByHandAsync(environment.Id);
        await ServeAsync(flag.Id, HighIn("FR"));

        foreach ((string? version, string country, long? number) in new (string?, string, long?)[]
            { (null, "DE", 2), ("live", "DE", 2), ("2", "DE", 2), ("1", "US", 1), ("draft", "FR", null) })
        {
            Answer answer = (await Api.ExplainAsync(NameOf(environment), "u1", "price", new { country }, version)).Expect(HttpStatusCode.OK);
            Assert.Equal("high", answer["variant"].GetString());
            Assert.Equal(number, answer["version"].ValueKind == JsonValueKind.Null ? null : answer["version"].GetInt64());
        }

        Assert.Equal("low", (await Api.ExplainAsync(NameOf(environment), "u1", "price", new { country = "US" }))["variant"].GetString());
    }

    [Fact]
    public async Task Explain_Override_SaysSo()
    {
        Answer environment = await Api.CreateEnvironmentAsync();
        await Api.CreateTwoValuedAsync(environment.Id, "price", [HighIn("US")], [new { userKey = "vip", variant = "high" }]);

        Answer answer = (await Api.ExplainAsync(NameOf(environment), "vip", "price")).Expect(HttpStatusCode.OK);

        Assert.Equal("high", answer["variant"].GetString());
        Assert.Equal("OVERRIDE", answer["reason"].GetString());
    }

    [Fact]
    public async Task Explain_AudiencePrerequisiteRampAndLayer_EachHasItsSteps()
    {
        Answer environment = await Api.CreateEnvironmentAsync();
        Answer audience = await Api.CreateAudienceAsync(environment.Id, name: "americans");
        Answer layer = (await Api.PostAsync("/layers", new { name = "checkout", environmentId = environment.Id })).Expect(HttpStatusCode.Created);
        await Api.CreateTwoValuedAsync(environment.Id, "gate", [HighIn("US")]);
        await Api.CreateTwoValuedAsync(environment.Id, "price", [new
        {
            audienceId = audience.Id,
            prerequisites = new[] { new { flag = "gate", variants = new[] { "high" } } },
            serve = new
            {
                split = new
                {
                    weights = new[] { new { variant = "low", weight = 1 }, new { variant = "high", weight = 1 } },
                    coverage = 0.5,
                    ramp = new[] { new { at = "2100-01-01T00:00:00Z", coverage = 1 } },
                    layerId = layer.Id,
                },
            },
        }]);

        Answer inside = (await Api.ExplainAsync(NameOf(environment), "u1", "price", new { country = "US" })).Expect(HttpStatusCode.OK);
        Answer outside = (await Api.ExplainAsync(NameOf(environment), "u1", "price", new { country = "DE" })).Expect(HttpStatusCode.OK);

        Assert.Contains(StepsOf(inside, "rule"), static step => TextOf(step).StartsWith("rule 1", StringComparison.Ordinal));
        Assert.Contains(StepsOf(inside, "audience"), static step => TextOf(step) == "audience americans: holds");
        Assert.Contains(StepsOf(inside, "prerequisite"), static step => TextOf(step) == "flag gate serves high (TARGETING_MATCH)");
        Assert.Contains(StepsOf(inside, "condition"), static step => step.GetProperty("depth").GetInt32() > 0);
        Assert.Contains(StepsOf(inside, "condition"), static step => TextOf(step).StartsWith("now is before 2100", StringComparison.Ordinal));
        Assert.Contains(StepsOf(inside, "bucket"), static step => step.GetProperty("bucket").ValueKind == JsonValueKind.Number);
        Assert.Contains(StepsOf(outside, "audience"), static step => TextOf(step) == "audience americans: does not hold");
        Assert.Equal("DEFAULT", outside["reason"].GetString());
    }

    [Fact]
    public async Task Explain_Experiment_SaysItsBucket()
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync("RUNNING");

        Answer answer = (await Api.ExplainAsync(scenario.EnvironmentName, "u1", scenario.Key)).Expect(HttpStatusCode.OK);

        JsonElement bucket = Assert.Single(StepsOf(answer, "bucket"));
        ulong number = bucket.GetProperty("bucket").GetUInt64();
        Assert.InRange(number, 0UL, 9999UL);
        Assert.Equal(number < 5000 ? "control" : "treatment", answer["variant"].GetString());
        Assert.Equal("SPLIT", answer["reason"].GetString());
    }

    [Fact]
    public async Task Explain_Post_AnswersAsGetDoes()
    {
        Answer environment = await Api.CreateEnvironmentAsync();
        await Api.CreateTwoValuedAsync(environment.Id, "price", [HighIn("US")]);
        string env = NameOf(environment);

        Answer get = await Api.ExplainAsync(env, "u1", "price", new { country = "US" }, "1");
        foreach (object version in new object[] { 1, "1" })
        {
            Answer post = await Api.PostAsync("/explain", new { env, user_key = "u1", key = "price", context = new { country = "US" }, version });
            Assert.Equal(get.Text, post.Expect(HttpStatusCode.OK).Text);
        }

        Answer far = await Api.PostAsync(
            "/explain", new { env, user_key = "u1", key = "price", context = new { more = new string('x', 500_000), country = "US" } });
        Assert.Equal("high", far.Expect(HttpStatusCode.OK)["variant"].GetString());
    }

    [Fact]
    public async Task Explain_HalfASurrogatePair_IsAnswered()
    {
        Answer environment = await Api.CreateEnvironmentAsync();
        await Api.CreateTwoValuedAsync(environment.Id, "price", [HighIn("US")]);

        Answer answer = await Api.PostAsync(
            "/explain", $$"""{"env":"{{NameOf(environment)}}","key":"price","context":{"country":"\udc00"},"user_key":"\ud800"}""");

        Assert.Equal("low", answer.Expect(HttpStatusCode.OK)["variant"].GetString());
    }

    [Fact]
    public async Task Explain_VersionReplacedInTheStore_IsReadAgain()
    {
        Answer environment = await Api.CreateEnvironmentAsync();
        await Api.CreateTwoValuedAsync(environment.Id, "price", [HighIn("US")]);
        await Api.ExplainAsync(NameOf(environment), "u1", "price");
        string file = Path.Combine(server.SnapshotDirectory, "configs", NameOf(environment), "snapshots", "1.json");

        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace("\"US\"", "\"DE\"", StringComparison.Ordinal));
        Answer replaced = await Api.ExplainAsync(NameOf(environment), "u1", "price", new { country = "DE" });
        await File.WriteAllTextAsync(file, "{}");
        Answer damaged = await Api.ExplainAsync(NameOf(environment), "u1", "price");

        Assert.Equal("high", replaced.Expect(HttpStatusCode.OK)["variant"].GetString());
        Assert.StartsWith(
            $"Version 1 of environment \"{NameOf(environment)}\" is damaged",
            damaged.ExpectProblem(HttpStatusCode.ServiceUnavailable), StringComparison.Ordinal);
    }

    private async Task ServeAsync(string flagId, object rule) =>
        (await Api.PutAsync($"/flags/{flagId}/rules", new { rules = new[] { rule } })).Expect(HttpStatusCode.OK);

    private static object HighIn(string country) => new { targetingRules = Rules.Country(country), serve = new { variant = "high" } };

    private static string NameOf(Answer environment) => environment["name"].GetString()!;

    private static string TextOf(JsonElement step) => step.GetProperty("text").GetString()!;

    private static IEnumerable<JsonElement> StepsOf(Answer answer, string kind) =>
        answer["steps"].EnumerateArray().Where(step => step.GetProperty("kind").GetString() == kind);
}
