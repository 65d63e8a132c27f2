using System.Net;
using System.Text.Json;
using Experiments.Control.Tests.Support;

namespace Experiments.Control.Tests.Api;

public sealed class ExperimentCreationTests(ControlServer server) : IClassFixture<ControlServer>
{
    private ApiClient Api => server.Api;

    [Fact]
    public async Task Post_RequiredMembersOnly_Answers201WithEveryMember()
    {
        Answer environment = await Api.CreateEnvironmentAsync();

        Answer created = await Api.PostAsync("/experiments", new { key = "checkout", name = "Checkout", environmentId = environment.Id });

        created.Expect(HttpStatusCode.Created);
        Shapes.AssertMembers(Shapes.Experiment, created.Json);
        Shapes.AssertUuid(created["id"]);
        Shapes.AssertUuid(created["salt"]);
        Assert.Equal("checkout", created["key"].GetString());
        Assert.Equal("Checkout", created["name"].GetString());
        Assert.Equal("DRAFT", created["status"].GetString());
        Assert.Equal(environment.Id, created["environmentId"].GetString());
        Shapes.AssertEqual(environment.Json, created["environment"]);
        Assert.Equal(Shapes.AssertTime(created["createdAt"]), Shapes.AssertTime(created["updatedAt"]));
    }

    [Fact]
    public async Task Post_RequiredMembersOnly_AnswersNullsAndEmptyLists()
    {
        string environmentId = (await Api.CreateEnvironmentAsync()).Id;

        Answer created = await Api.PostAsync("/experiments", new { key = "k", name = "n", environmentId });

        foreach (string member in new[] { "description", "audienceId", "audience" })
        {
            Assert.Equal(JsonValueKind.Null, created[member].ValueKind);
        }

        foreach (string member in new[] { "targetingRules", "variants", "allocations" })
        {
            Assert.Equal("[]", created[member].GetRawText());
        }
    }

    [Fact]
    public async Task Post_EveryMember_AnswersWhatWasGiven()
    {
        string environmentId = (await Api.CreateEnvironmentAsync()).Id;
        Answer audience = await Api.CreateAudienceAsync(environmentId);

        Answer created = await Api.PostAsync(
            "/experiments",
            new
            {
                key = "k",
                name = "n",
                environmentId,
                description = "d",
                audienceId = audience.Id,
                targetingRules = Rules.Of("plan", "in", new object?[] { "pro", 1, null, true }),
            });

        Assert.Equal("d", created.Expect(HttpStatusCode.Created)["description"].GetString());
        Assert.Equal(audience.Id, created["audienceId"].GetString());
        Shapes.AssertEqual(audience.Json, created["audience"]);
        Assert.Equal(
            """[{"conditions":[{"attribute":"plan","operator":"in","value":["pro",1,null,true]}]}]""",
            created["targetingRules"].GetRawText());
    }

    [Fact]
    public async Task Post_NullsWhereAllowed_CountAsAbsent()
    {
        string environmentId = (await Api.CreateEnvironmentAsync()).Id;

        Answer created = await Api.PostAsync(
            "/experiments", $$"""{"key":"k","name":"n","environmentId":"{{environmentId}}","description":null,"audienceId":null}""");

        created.Expect(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Post_MembersThatTheServerGives_AreIgnored()
    {
        string environmentId = (await Api.CreateEnvironmentAsync()).Id;

        Answer created = await Api.PostAsync(
            "/experiments",
            new { key = "k", name = "n", environmentId, id = "i", salt = "s", status = "RUNNING", variants = new[] { 1 }, allocations = 7 });

        Assert.Equal("DRAFT", created.Expect(HttpStatusCode.Created)["status"].GetString());
        Shapes.AssertUuid(created["id"]);
        Shapes.AssertUuid(created["salt"]);
        Assert.Equal("[]", created["variants"].GetRawText());
    }

    [Fact]
    public async Task Post_Twice_GivesEachItsOwnSalt()
    {
        string environmentId = (await Api.CreateEnvironmentAsync()).Id;

        Answer first = await Api.CreateExperimentAsync(environmentId);
        Answer second = await Api.CreateExperimentAsync(environmentId);

        Assert.NotEqual(first["salt"].GetString(), second["salt"].GetString());
    }

    [Fact]
    public async Task Post_KeyTakenInTheEnvironment_Answers409NamingIt()
    {
        string environmentId = (await Api.CreateEnvironmentAsync()).Id;
        await Api.CreateExperimentAsync(environmentId, "taken");

        string error = (await Api.PostAsync("/experiments", new { key = "taken", name = "n", environmentId }))
            .ExpectProblem(HttpStatusCode.Conflict);

        Assert.Contains("\"taken\"", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_KeyInOtherCase_IsAnotherExperiment()
    {
        string environmentId = (await Api.CreateEnvironmentAsync()).Id;
        await Api.CreateExperimentAsync(environmentId, "abc");

        await Api.CreateExperimentAsync(environmentId, "ABC");
    }

    [Fact]
    public async Task Post_KeyTakenInAnotherEnvironment_IsAnotherExperiment()
    {
        await Api.CreateExperimentAsync((await Api.CreateEnvironmentAsync()).Id, "same");

        await Api.CreateExperimentAsync((await Api.CreateEnvironmentAsync()).Id, "same");
    }

    [Fact]
    public async Task Post_NameOfAnother_IsAllowed()
    {
        string environmentId = (await Api.CreateEnvironmentAsync()).Id;

        await Api.CreateExperimentAsync(environmentId);
        await Api.CreateExperimentAsync(environmentId);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("A-Z_a.z-09")]
    [InlineData("..")]
    [InlineData("-")]
    public async Task Post_AllowedKey_KeepsItAsItIs(string key)
    {
        Answer created = await Api.CreateExperimentAsync((await Api.CreateEnvironmentAsync()).Id, key);

        Assert.Equal(key, created["key"].GetString());
    }

    [Fact]
    public async Task Post_KeyOf128Characters_IsAllowed() =>
        await Api.CreateExperimentAsync((await Api.CreateEnvironmentAsync()).Id, new string('k', 128));

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a/b")]
    [InlineData("a:b")]
    [InlineData("a\n")]
    [InlineData("\u00e4")]
    [InlineData("\u0661")]
    [InlineData("k\u0131")]
    public async Task Post_RefusedKey_Answers400NamingTheField(string key)
    {
        string environmentId = (await Api.CreateEnvironmentAsync()).Id;

        string error = (await Api.PostAsync("/experiments", new { key, name = "n", environmentId }))
            .ExpectProblem(HttpStatusCode.BadRequest);

        Assert.StartsWith("key ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_KeyOf129Characters_Answers400NamingTheField()
    {
        string environmentId = (await Api.CreateEnvironmentAsync()).Id;

        string error = (await Api.PostAsync("/experiments", new { key = new string('k', 129), name = "n", environmentId }))
            .ExpectProblem(HttpStatusCode.BadRequest);

        Assert.StartsWith("key ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"name":"n","environmentId":"ENV"}""", "key ")]
    [InlineData("""{"key":null,"name":"n","environmentId":"ENV"}""", "key ")]
    [InlineData("""{"key":1,"name":"n","environmentId":"ENV"}""", "key ")]
    [InlineData("""{"key":"k","environmentId":"ENV"}""", "name ")]
    [InlineData("""{"key":"k","name":null,"environmentId":"ENV"}""", "name ")]
    [InlineData("""{"key":"k","name":"","environmentId":"ENV"}""", "name ")]
    [InlineData("""{"key":"k","name":" ","environmentId":"ENV"}""", "name ")]
    [InlineData("""{"key":"k","name":"n"}""", "environmentId ")]
    [InlineData("""{"key":"k","name":"n","environmentId":null}""", "environmentId ")]
    [InlineData("""{"key":"k","name":"n","environmentId":["ENV"]}""", "environmentId ")]
    [InlineData("""{"key":"k","name":"n","environmentId":"ENV","description":1}""", "description ")]
    [InlineData("""{"key":"k","name":"n","environmentId":"ENV","audienceId":false}""", "audienceId ")]
    [InlineData("""{"key":"k","name":"n","environmentId":"ENV","targetingRules":null}""", "targetingRules ")]
    [InlineData("""{"key":"k","name":"n","environmentId":"ENV","targetingRules":{}}""", "targetingRules ")]
    [InlineData("""{"key":"k","name":"n","environmentId":"ENV","targetingRules":[null]}""", "targetingRules[0] ")]
    public async Task Post_MemberMissingOrOfWrongType_Answers400WithItsPath(string body, string path)
    {
        string environmentId = (await Api.CreateEnvironmentAsync()).Id;

        string error = (await Api.PostAsync("/experiments", body.Replace("ENV", environmentId, StringComparison.Ordinal)))
            .ExpectProblem(HttpStatusCode.BadRequest);

        Assert.StartsWith(path, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("5a1c7b1e-3f0a-4a57-9d4c-0d6f3c1e8f00")]
    [InlineData("prod")]
    public async Task Post_UnknownEnvironment_Answers404NamingTheEnvironment(string environmentId)
    {
        string error = (await Api.PostAsync("/experiments", new { key = "k", name = "n", environmentId }))
            .ExpectProblem(HttpStatusCode.NotFound);

        Assert.Contains("environment", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("5a1c7b1e-3f0a-4a57-9d4c-0d6f3c1e8f00")]
    [InlineData("everyone")]
    public async Task Post_UnknownAudience_Answers404NamingTheAudience(string audienceId)
    {
        string environmentId = (await Api.CreateEnvironmentAsync()).Id;

        string error = (await Api.PostAsync("/experiments", new { key = "k", name = "n", environmentId, audienceId }))
            .ExpectProblem(HttpStatusCode.NotFound);

        Assert.Contains("audience", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_AudienceOfAnotherEnvironment_Answers422()
    {
        string environmentId = (await Api.CreateEnvironmentAsync()).Id;
        string audienceId = (await Api.CreateAudienceAsync((await Api.CreateEnvironmentAsync()).Id)).Id;

        (await Api.PostAsync("/experiments", new { key = "k", name = "n", environmentId, audienceId }))
            .ExpectProblem(HttpStatusCode.UnprocessableEntity);

        Assert.Equal(0, (await Api.GetAsync($"/experiments?environmentId={environmentId}"))["pagination"].GetProperty("total").GetInt32());
    }
}
