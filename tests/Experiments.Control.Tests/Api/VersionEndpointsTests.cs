using System.Net;
using System.Text.Json;
using Experiments.Client;
using Experiments.Control.Tests.Support;

namespace Experiments.Control.Tests.Api;

/// <summary>Draft, diff, publish, rollback, the audit log, and changes of a state that is no more.</summary>
public sealed class VersionEndpointsTests(ControlServer server) : IClassFixture<ControlServer>
{
    private ApiClient Api => server.Api;

    [Fact]
    public async Task Manual_Changes_StayADraftUntilSomebodyPublishes()
    {
        Answer environment = await Api.CreateEnvironmentAsync();
        Answer flag = await Api.CreateFlagAsync(environment.Id, "", "nav");
        Answer manual = (await Api.PatchAsync($"/environments/{environment.Id}", """{"publish":"manual"}""")).Expect(HttpStatusCode.OK);
        Assert.Equal("manual", manual["publish"].GetString());
        Answer change = (await Api.PatchAsync($"/flags/{flag.Id}", """{"default":"on"}""")).Expect(HttpStatusCode.OK);
        Assert.Equal(("false", "false"), (change.Header("x-publish-attempted"), change.Header("x-publish-succeeded")));
        string name = environment["name"].GetString()!;
        Assert.Equal("off", (await Api.DeciderAsync(name)).Decide("nav", "u").VariantKey);

        Answer diff = (await Api.GetAsync($"/environments/{environment.Id}/diff")).Expect(HttpStatusCode.OK);
        Assert.Equal(("live", "draft"), (diff["from"].GetString(), diff["to"].GetString()));
        Assert.Contains("nav", diff["text"].GetString(), StringComparison.Ordinal);
        Answer dry = (await Api.PostAsync($"/environments/{environment.Id}/publish", """{"dryRun":true}""")).Expect(HttpStatusCode.OK);
        Assert.Equal(diff["text"].GetString(), dry["text"].GetString());
        Assert.Equal("off", (await Api.DeciderAsync(name)).Decide("nav", "u").VariantKey);

        Answer published = (await Api.SendAsync(HttpMethod.Post, $"/environments/{environment.Id}/publish", """{"note":"go"}""", "x-actor: ann"))
            .Expect(HttpStatusCode.OK);
        Assert.Equal(2, published["version"].GetInt32());
        Assert.Equal("on", (await Api.DeciderAsync(name)).Decide("nav", "u").VariantKey);
        JsonElement version = ApiClient.Items(await Api.GetAsync($"/environments/{environment.Id}/versions"))[0];
        Assert.Equal(("ann", "go", 1), (version.GetProperty("actor").GetString(), version.GetProperty("note").GetString(), version.GetProperty("flagCount").GetInt32()));
        Assert.Equal("No changes.", (await Api.GetAsync($"/environments/{environment.Id}/diff"))["text"].GetString());

        // Back to auto: what is a draft goes live.
        (await Api.PatchAsync($"/flags/{flag.Id}", """{"default":"off"}""")).Expect(HttpStatusCode.OK);
        Answer auto = await Api.PatchAsync($"/environments/{environment.Id}", """{"publish":"auto"}""");
        Assert.Equal("true", auto.Header("x-publish-succeeded"));
        Assert.Equal("off", (await Api.DeciderAsync(name)).Decide("nav", "u").VariantKey);
        (await Api.PatchAsync($"/environments/{environment.Id}", """{"publish":"never"}""")).ExpectProblem(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Rollback_ToAnEarlierVersion_RestoresItsContentAndDeletesNothing()
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync("RUNNING", withAudience: true);
        string environmentId = (await Api.GetAsync($"/experiments/{scenario.ExperimentId}"))["environmentId"].GetString()!;
        string name = (await Api.GetAsync($"/environments/{environmentId}"))["name"].GetString()!;
        Answer flag = await Api.CreateFlagAsync(environmentId, "", "nav");
        byte[] before = await SnapshotAsync(name);
        int wanted = JsonElement.Parse(before).GetProperty("version").GetInt32();

        (await Api.DeleteAsync($"/flags/{flag.Id}")).Expect(HttpStatusCode.OK);
        await Api.MoveAsync(scenario.ExperimentId, "ARCHIVED");
        Answer later = await Api.CreateFlagAsync(environmentId, "", "later");
        (await Api.PostAsync("/holdouts", new { name = "late", environmentId, share = 0.5 })).Expect(HttpStatusCode.Created);
        Answer other = await Api.CreateExperimentAsync(environmentId, "new");
        string variant = (await Api.CreateVariantAsync(other.Id, "v")).Id;
        await Api.AllocateAsync(other.Id, (variant, 0, 9999));
        await Api.MoveAsync(other.Id, "RUNNING");

        Answer dry = (await Api.PostAsync($"/environments/{environmentId}/rollback", new { version = wanted, dryRun = true })).Expect(HttpStatusCode.OK);
        Assert.Contains("\"nav\" was added", dry["text"].GetString(), StringComparison.Ordinal);
        Assert.Equal("RUNNING", (await Api.GetAsync($"/experiments/{other.Id}"))["status"].GetString());
        Answer back = (await Api.PostAsync($"/environments/{environmentId}/rollback", new { version = wanted, note = "broken" })).Expect(HttpStatusCode.OK);
        byte[] after = await SnapshotAsync(name);
        Assert.Equal(WithoutVersion(before), WithoutVersion(after));
        Assert.Equal(back["version"].GetInt32(), JsonElement.Parse(after).GetProperty("version").GetInt32());
        Assert.Empty((await Api.GetAsync($"/environments/{environmentId}/diff?from={wanted}&to=live"))["changes"].EnumerateArray());
        Assert.Equal("PAUSED", (await Api.GetAsync($"/experiments/{other.Id}"))["status"].GetString());
        Assert.True((await Api.GetAsync($"/flags/{later.Id}"))["archived"].GetBoolean());
        Assert.Equal("RUNNING", (await Api.GetAsync($"/experiments/{scenario.ExperimentId}"))["status"].GetString());
        JsonElement[] audit = ApiClient.Items(await Api.GetAsync($"/audit?environmentId={environmentId}&action=rollback"));
        Assert.Equal(("broken", wanted), (Assert.Single(audit).GetProperty("reason").GetString(), audit[0].GetProperty("version").GetInt32()));
        (await Api.PostAsync($"/environments/{environmentId}/rollback", """{"version":999}""")).ExpectProblem(HttpStatusCode.NotFound);
        (await Api.PostAsync($"/environments/{environmentId}/rollback", "{}")).ExpectProblem(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Rollback_KeyTakenByAnother_ChangesNothing()
    {
        Answer environment = await Api.CreateEnvironmentAsync();
        Answer flag = await Api.CreateFlagAsync(environment.Id, "", "nav");
        (await Api.DeleteAsync($"/flags/{flag.Id}")).Expect(HttpStatusCode.OK);
        Answer other = await Api.CreateFlagAsync(environment.Id, "", "nav");
        string error = (await Api.PostAsync($"/environments/{environment.Id}/rollback", """{"version":1}""")).ExpectProblem(HttpStatusCode.Conflict);
        Assert.Contains("flag \"nav\"", error, StringComparison.Ordinal);
        Assert.False((await Api.GetAsync($"/flags/{other.Id}"))["archived"].GetBoolean());
        Assert.Equal("No changes.", (await Api.GetAsync($"/environments/{environment.Id}/diff"))["text"].GetString());
    }

    [Fact]
    public async Task Versions_One_TellsItsDefinitions()
    {
        Answer environment = await Api.CreateEnvironmentAsync();
        await Api.CreateFlagAsync(environment.Id, "", "nav");
        Answer version = (await Api.GetAsync($"/environments/{environment.Id}/versions/1")).Expect(HttpStatusCode.OK);
        Assert.Equal("nav", version["definitions"].GetProperty("flags")[0].GetProperty("key").GetString());
        (await Api.GetAsync($"/environments/{environment.Id}/versions/2")).ExpectProblem(HttpStatusCode.NotFound);
        (await Api.GetAsync($"/environments/{environment.Id}/versions/x")).ExpectProblem(HttpStatusCode.NotFound);
        (await Api.GetAsync($"/environments/{environment.Id}/diff?from=x")).ExpectProblem(HttpStatusCode.BadRequest);
        (await Api.GetAsync($"/environments/{environment.Id}/diff?from=7")).ExpectProblem(HttpStatusCode.NotFound);
        (await Api.GetAsync($"/environments/{Guid.NewGuid()}/diff")).ExpectProblem(HttpStatusCode.NotFound);
        (await Api.PostAsync($"/environments/{Guid.NewGuid()}/publish")).ExpectProblem(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task IfMatch_StateThatIsNoMore_Is412AndChangesNothing()
    {
        Answer environment = await Api.CreateEnvironmentAsync();
        Answer audience = await Api.CreateAudienceAsync(environment.Id);
        Answer experiment = await Api.CreateExperimentAsync(environment.Id);
        Answer flag = await Api.CreateFlagAsync(environment.Id);
        Answer layer = (await Api.PostAsync("/layers", new { name = "l", environmentId = environment.Id })).Expect(HttpStatusCode.Created);
        Answer holdout = (await Api.PostAsync("/holdouts", new { name = "h", environmentId = environment.Id, share = 0.1 })).Expect(HttpStatusCode.Created);
        foreach ((string path, object body) in new (string, object)[]
        {
            ($"/environments/{environment.Id}", new { publish = "auto" }),
            ($"/audiences/{audience.Id}", new { name = "other" }),
            ($"/experiments/{experiment.Id}", new { name = "other" }),
            ($"/flags/{flag.Id}", new { name = "other" }),
            ($"/layers/{layer.Id}", new { name = "other" }),
            ($"/holdouts/{holdout.Id}", new { name = "other" }),
        })
        {
            string etag = (await Api.GetAsync(path)).Header("ETag")!;
            Assert.Equal("\"1\"", etag);
            string error = (await Api.SendAsync(HttpMethod.Patch, path, body, "If-Match: \"7\"")).ExpectProblem(HttpStatusCode.PreconditionFailed);
            Assert.Contains(etag, error, StringComparison.Ordinal);
            (await Api.SendAsync(HttpMethod.Patch, path, body, "If-Match: W/\"1\"")).ExpectProblem(HttpStatusCode.PreconditionFailed);
            (await Api.SendAsync(HttpMethod.Patch, path, body, "If-Match: nonsense")).ExpectProblem(HttpStatusCode.BadRequest);
            Assert.Equal(etag, (await Api.GetAsync(path)).Header("ETag"));
            Answer changed = (await Api.SendAsync(HttpMethod.Patch, path, body, $"If-Match: \"9\", {etag}")).Expect(HttpStatusCode.OK);
            if (!path.StartsWith("/environments", StringComparison.Ordinal))
            {
                Assert.Equal("\"2\"", changed.Header("ETag"));
                (await Api.SendAsync(HttpMethod.Delete, path, null, $"If-Match: {etag}")).ExpectProblem(HttpStatusCode.PreconditionFailed);
            }
        }

        (await Api.SendAsync(HttpMethod.Post, $"/experiments/{experiment.Id}/variants", """{"key":"a","name":"A"}""", "If-Match: \"1\""))
            .ExpectProblem(HttpStatusCode.PreconditionFailed);
        string versions = (await Api.GetAsync($"/environments/{environment.Id}/versions")).Text;
        foreach (string path in new[] { $"/environments/{environment.Id}/publish", $"/experiments/{experiment.Id}/publish" })
        {
            (await Api.SendAsync(HttpMethod.Post, path, null, "If-Match: \"7\"")).ExpectProblem(HttpStatusCode.PreconditionFailed);
        }

        Assert.Equal(versions, (await Api.GetAsync($"/environments/{environment.Id}/versions")).Text);
    }

    [Fact]
    public async Task Change_ThatNoReaderSees_SaysThatItWasNotPublished()
    {
        Answer environment = await Api.CreateEnvironmentAsync();
        Answer layer = await Api.PostAsync("/layers", new { name = "l", environmentId = environment.Id });
        Answer renamed = await Api.PatchAsync($"/layers/{layer.Id}", new { name = "m" });
        foreach (Answer answer in new[]
        {
            layer, renamed, await Api.DeleteAsync($"/layers/{layer.Id}"),
            await Api.CreateAudienceAsync(environment.Id), await Api.CreateExperimentAsync(environment.Id),
        })
        {
            Assert.Equal("false", answer.Header("x-publish-attempted"));
        }
    }

    [Fact]
    public async Task IfMatch_ManyAtOnce_OneWins()
    {
        Answer environment = await Api.CreateEnvironmentAsync();
        Answer flag = await Api.CreateFlagAsync(environment.Id);
        Answer[] answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Api.SendAsync(
            HttpMethod.Patch, $"/flags/{flag.Id}", new { name = $"name {i}" }, "If-Match: \"1\"")));
        Assert.Equal(1, answers.Count(static answer => answer.Status == HttpStatusCode.OK));
        Assert.Equal(7, answers.Count(static answer => answer.Status == HttpStatusCode.PreconditionFailed));
    }

    [Fact]
    public async Task Audit_EveryChange_IsWrittenDownWithWhoWhyBeforeAndAfter()
    {
        Answer environment = await Api.CreateEnvironmentAsync();
        Answer flag = (await Api.SendAsync(
            HttpMethod.Post, "/flags", ApiClient.FlagBody(environment.Id, "", "nav"), "x-actor: ann", "x-reason: launch")).Expect(HttpStatusCode.Created);
        (await Api.SendAsync(HttpMethod.Patch, $"/flags/{flag.Id}", """{"name":"Nav"}""", "x-actor: bob")).Expect(HttpStatusCode.OK);
        (await Api.PatchAsync($"/flags/{flag.Id}", "{}")).Expect(HttpStatusCode.OK);
        (await Api.PatchAsync($"/flags/{flag.Id}", """{"off":"nope"}""")).ExpectProblem(HttpStatusCode.BadRequest);
        (await Api.DeleteAsync($"/flags/{flag.Id}")).Expect(HttpStatusCode.OK);
        JsonElement[] history = ApiClient.Items(await Api.GetAsync($"/flags/{flag.Id}/history"));
        Assert.Equal(["delete", "update", "create"], history.Select(static entry => entry.GetProperty("action").GetString()));
        Assert.Equal(["anonymous", "bob", "ann"], history.Select(static entry => entry.GetProperty("actor").GetString()));
        Assert.Equal("launch", history[2].GetProperty("reason").GetString());
        Assert.Equal(JsonValueKind.Null, history[2].GetProperty("before").ValueKind);
        Assert.Equal(
            ("nav", "Nav"),
            (history[1].GetProperty("before").GetProperty("name").GetString(), history[1].GetProperty("after").GetProperty("name").GetString()));
        Assert.Equal(JsonValueKind.Null, history[0].GetProperty("after").ValueKind);

        Answer page = await Api.GetAsync($"/audit?environmentId={environment.Id}&page=1&pageSize=2");
        Assert.Equal(6, page["pagination"].GetProperty("total").GetInt32());
        Assert.Equal(2, ApiClient.Items(page).Length);
        Assert.Single(ApiClient.Items(await Api.GetAsync($"/audit?environmentId={environment.Id}&actor=bob")));
        Assert.Single(ApiClient.Items(await Api.GetAsync($"/audit?environmentId={environment.Id}&search=LAUNCH&kind=flag")));
        Assert.Equal(3, ApiClient.Items(await Api.GetAsync($"/audit?environmentId={environment.Id}&search=Nav&kind=flag")).Length);
        Assert.Empty(ApiClient.Items(await Api.GetAsync($"/audit?environmentId={environment.Id}&search=launch&actor=bob")));
        (await Api.GetAsync("/audit?search=a&search=b")).ExpectProblem(HttpStatusCode.BadRequest);
        Assert.Single(ApiClient.Items(await Api.GetAsync($"/audit?environmentId={environment.Id}&kind=environment&action=create")));
        Assert.Empty(ApiClient.Items(await Api.GetAsync($"/audit?environmentId={environment.Id}&until=2020-01-01T00:00:00Z")));
        (await Api.GetAsync("/audit?kind=user")).ExpectProblem(HttpStatusCode.BadRequest);
        (await Api.GetAsync("/audit?from=now")).ExpectProblem(HttpStatusCode.BadRequest);
        (await Api.SendAsync(HttpMethod.Patch, $"/environments/{environment.Id}", "{}", $"x-actor: {new string('a', 300)}"))
            .ExpectProblem(HttpStatusCode.BadRequest);
    }

    private async Task<byte[]> SnapshotAsync(string name) =>
        (await Api.GetAsync($"/configs/{name}/snapshots/latest.json")).Expect(HttpStatusCode.OK).Body;

    private static string WithoutVersion(byte[] snapshot) => JsonSerializer.Serialize(JsonElement.Parse(snapshot).EnumerateObject()
        .Where(static member => member.Name is not ("version" or "publishedAt")).ToDictionary(static member => member.Name, static member => member.Value));
}
