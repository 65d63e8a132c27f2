using System.Globalization;
using System.Net;
using System.Text.Json;
using Experiments.Control.Tests.Support;

namespace Experiments.Control.Tests.Api;

public sealed class ImpactTests(ControlServer server) : IClassFixture<ControlServer>
{
    private ApiClient Api => server.Api;

    [Fact]
    public async Task Impact_RuleChanged_CountsByVariantWithExamples()
    {
        Answer environment = await Api.CreateEnvironmentAsync();
        Answer price = await Api.CreateTwoValuedAsync(environment.Id, "price", [HighIn("US")]);
        await Api.CreateTwoValuedAsync(environment.Id, "same", [HighIn("US")]);
        await Api.PublishByHandAsync(environment.Id);
        await ServeAsync(price.Id, HighIn("DE"));

        JsonElement result = await ResultAsync(environment.Id, [
            .. Enumerable.Range(0, 6).Select(static i => ApiClient.Line($"us{i}", new { country = "US" })),
            .. Enumerable.Range(0, 2).Select(static i => ApiClient.Line($"de{i}", new { country = "DE" })),
            ApiClient.Line("other"), """{"user_key":"no context","more":[[1]]}"""]);

        Shapes.AssertEqual(
            JsonElement.Parse(
                """
                {"contexts":10,"changed":8,"from":2,"flags":[{"key":"price","changed":8,
                "moves":[{"from":"high","to":"low","count":6},{"from":"low","to":"high","count":2}],
                "examples":[{"userKey":"us0","from":"high","to":"low"},{"userKey":"us1","from":"high","to":"low"},{"userKey":"us2","from":"high","to":"low"}]}]}
                """),
            result);
    }

    [Fact]
    public async Task Impact_KeysOfOneSideAlone_ComeFromAndGoToNull()
    {
        Answer environment = await Api.CreateEnvironmentAsync();
        Answer old = await Api.CreateTwoValuedAsync(environment.Id, "old");
        await Api.PublishByHandAsync(environment.Id);
        (await Api.DeleteAsync($"/flags/{old.Id}")).Expect(HttpStatusCode.OK);
        await Api.CreateTwoValuedAsync(environment.Id, "new");

        JsonElement result = await ResultAsync(environment.Id, [ApiClient.Line("u")]);

        Assert.Equal(2, result.GetProperty("changed").GetInt64());
        Assert.Equal(
            ["""[{"from":null,"to":"low","count":1}]""", """[{"from":"low","to":null,"count":1}]"""],
            Shapes.Column(result.GetProperty("flags"), "moves"));
    }

    [Fact]
    public async Task Impact_NothingPublished_ComesFromNull()
    {
        Answer environment = await Api.CreateEnvironmentAsync();
        await Api.PublishByHandAsync(environment.Id);
        await Api.CreateTwoValuedAsync(environment.Id, "price");

        JsonElement result = await ResultAsync(environment.Id, [ApiClient.Line("a"), "", ApiClient.Line("b"), ""]);

        Assert.Equal(JsonValueKind.Null, result.GetProperty("from").ValueKind);
        Assert.Equal(2, result.GetProperty("contexts").GetInt32());
        Assert.Equal(2, result.GetProperty("changed").GetInt64());
    }

    [Fact]
    public async Task Impact_ValueChanged_IsAMoveToTheSameVariant()
    {
        Answer environment = await Api.CreateEnvironmentAsync();
        Answer flag = await Api.CreateTwoValuedAsync(environment.Id, "price");
        await Api.PublishByHandAsync(environment.Id);
        (await Api.PatchAsync($"/flags/{flag.Id}", new { variants = new[] { new { key = "low", value = 7 }, new { key = "high", value = 2 } } }))
            .Expect(HttpStatusCode.OK);

        JsonElement result = await ResultAsync(environment.Id, [ApiClient.Line("u")]);

        Assert.Equal("""[{"from":"low","to":"low","count":1}]""", Assert.Single(Shapes.Column(result.GetProperty("flags"), "moves")));
    }

    [Fact]
    public async Task Impact_Experiment_CountsWhoMoves()
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync("RUNNING");
        await Api.PublishByHandAsync(scenario.EnvironmentId);
        await Api.AllocateAsync(scenario.ExperimentId, (scenario.TreatmentId, 0, 9999));

        JsonElement result = await ResultAsync(
            scenario.EnvironmentId, [.. Enumerable.Range(0, 1000).Select(static i => ApiClient.Line($"u{i}"))]);

        JsonElement move = Assert.Single(Assert.Single(result.GetProperty("flags").EnumerateArray()).GetProperty("moves").EnumerateArray());
        Assert.Equal("control", move.GetProperty("from").GetString());
        Assert.Equal("treatment", move.GetProperty("to").GetString());
        Assert.InRange(move.GetProperty("count").GetInt64(), 400, 600);
    }

    [Fact]
    public async Task Impact_NothingChanged_IsEmpty()
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync("RUNNING");

        JsonElement result = await ResultAsync(scenario.EnvironmentId, [ApiClient.Line("u")]);

        Shapes.AssertEqual(JsonElement.Parse("""{"contexts":1,"changed":0,"from":1,"flags":[]}"""), result);
    }

    [Fact]
    public async Task Impact_HundredThousandContexts_TellsProgressAndEndsInTime()
    {
        Answer environment = await Api.CreateEnvironmentAsync();
        Answer flag = await Api.CreateTwoValuedAsync(environment.Id, "price", [HighIn("US")]);
        await Api.PublishByHandAsync(environment.Id);
        await ServeAsync(flag.Id, HighIn("DE"));
        string[] lines = [.. Enumerable.Range(0, 100_000).Select(static i => ApiClient.Line(
            string.Create(CultureInfo.InvariantCulture, $"user-{i}"), new { country = i % 2 == 0 ? "US" : "FR", plan = "pro", age = i % 90 }))];
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));

        JsonElement[] answer = await Api.ImpactAsync(environment.Id, lines).WaitAsync(deadline.Token).ContinueWith(
            static done => LinesOf(done.Result), TaskScheduler.Default);

        JsonElement[] progress = answer[..^1];
        Assert.InRange(progress.Length, 10, 40);
        int[] read = [.. progress.Select(static line => line.GetProperty("progress").GetProperty("read").GetInt32())];
        Assert.Equal(read.Order(), read);
        Assert.Empty(Enumerable.Range(1, 10).Select(static i => i * 10_000).Except(read));
        Assert.Equal(50_000, answer[^1].GetProperty("result").GetProperty("changed").GetInt64());
    }

    private async Task<JsonElement> ResultAsync(string environmentId, string[] lines)
    {
        Answer answer = (await Api.ImpactAsync(environmentId, lines)).Expect(HttpStatusCode.OK);
        Assert.Equal("application/x-ndjson", answer.ContentType);
        return LinesOf(answer)[^1].GetProperty("result");
    }

    private async Task ServeAsync(string flagId, object rule) =>
        (await Api.PutAsync($"/flags/{flagId}/rules", new { rules = new[] { rule } })).Expect(HttpStatusCode.OK);

    private static object HighIn(string country) => new { targetingRules = Rules.Country(country), serve = new { variant = "high" } };

    private static JsonElement[] LinesOf(Answer answer)
    {
        string[] lines = answer.Text.Split('\n');
        Assert.Equal("", lines[^1]);
        return [.. lines[..^1].Select(static line => JsonElement.Parse(line))];
    }
}
