using System.Net;
using System.Text.Json;
using Experiments.Control.Tests.Support;

namespace Experiments.Control.Tests.Api;

public sealed class EnvironmentEndpointsTests(ControlServer server) : IClassFixture<ControlServer>
{
    private ApiClient Api => server.Api;

    [Fact]
    public async Task Post_NewName_Answers201WithEveryMember()
    {
        Answer created = await Api.PostAsync("/environments", new { name = "every-member" });

        created.Expect(HttpStatusCode.Created);
        Assert.Equal("application/json", created.ContentType);
        Shapes.AssertMembers(Shapes.Environment, created.Json);
        Shapes.AssertUuid(created["id"]);
        Assert.Equal("every-member", created["name"].GetString());
        Assert.Equal(Shapes.AssertTime(created["createdAt"]), Shapes.AssertTime(created["updatedAt"]));
    }

    [Fact]
    public async Task Post_NameTaken_Answers409NamingIt()
    {
        await Api.CreateEnvironmentAsync("taken");

        string error = (await Api.PostAsync("/environments", new { name = "taken" })).ExpectProblem(HttpStatusCode.Conflict);

        Assert.Contains("\"taken\"", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("abc", "ABC")]
    [InlineData("caf\u00e9", "cafe\u0301")]
    [InlineData("stra\u00dfe", "strasse")]
    [InlineData("trailing", "trailing ")]
    public async Task Post_NameThatDiffersOrdinally_IsAnotherEnvironment(string name, string other)
    {
        Answer first = await Api.CreateEnvironmentAsync(name);

        Answer second = await Api.CreateEnvironmentAsync(other);

        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal(other, second["name"].GetString());
    }

    [Theory]
    [InlineData("x")]
    [InlineData("my env")]
    [InlineData("a/b")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("../../etc")]
    [InlineData("\u00fcn\u00ef")]
    [InlineData("\u65e5\u672c")]
    [InlineData("\ud83e\uddea")]
    [InlineData("a%2Fb")]
    [InlineData("\"quoted\" \\ '<&>")]
    [InlineData(" ")]
    [InlineData("1234567890123456789012345678901234567890123456789012345678901234")]
    public async Task Post_AllowedName_KeepsItAsItIs(string name)
    {
        Answer created = await Api.CreateEnvironmentAsync(name);

        Answer found = await Api.GetAsync($"/environments/{created.Id}");

        Assert.Equal(name, found["name"].GetString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    [InlineData("a\0b")]
    [InlineData("a\nb")]
    [InlineData("\u001f")]
    [InlineData("a\u007f")]
    [InlineData("a\u0085")]
    public async Task Post_RefusedName_Answers400NamingTheField(string name)
    {
        string error = (await Api.PostAsync("/environments", new { name })).ExpectProblem(HttpStatusCode.BadRequest);

        Assert.StartsWith("name ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"name":null}""")]
    [InlineData("""{"name":7}""")]
    [InlineData("""{"name":["a"]}""")]
    [InlineData("""{"name":{"a":1}}""")]
    [InlineData("""{"name":true}""")]
    [InlineData("""{"Name":"other-case"}""")]
    public async Task Post_NameMissingOrOfWrongType_Answers400NamingTheField(string body)
    {
        string error = (await Api.PostAsync("/environments", body)).ExpectProblem(HttpStatusCode.BadRequest);

        Assert.StartsWith("name ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_UnknownFields_AreIgnored()
    {
        Answer created = await Api.PostAsync("/environments", """{"name":"unknown-fields","id":"x","color":{"a":[1]}}""");

        created.Expect(HttpStatusCode.Created);
        Shapes.AssertUuid(created["id"]);
    }

    [Fact]
    public async Task Get_KnownId_AnswersWhatWasCreated()
    {
        Answer created = await Api.CreateEnvironmentAsync();

        Answer found = (await Api.GetAsync($"/environments/{created.Id}")).Expect(HttpStatusCode.OK);

        Shapes.AssertEqual(created.Json, found.Json);
    }

    [Theory]
    [InlineData("5a1c7b1e-3f0a-4a57-9d4c-0d6f3c1e8f00")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    [InlineData("abc")]
    [InlineData("1")]
    [InlineData("%7B5a1c7b1e-3f0a-4a57-9d4c-0d6f3c1e8f00%7D")]
    [InlineData("5a1c7b1e3f0a4a579d4c0d6f3c1e8f00")]
    public async Task Get_UnknownId_Answers404(string id) =>
        (await Api.GetAsync($"/environments/{id}")).ExpectProblem(HttpStatusCode.NotFound);

    [Theory]
    [InlineData("%20{0}")]
    [InlineData("{0}%20")]
    [InlineData("%7B{0}%7D")]
    public async Task Get_KnownIdInAnotherForm_Answers404(string form)
    {
        Answer created = await Api.CreateEnvironmentAsync();

        Answer found = await Api.GetAsync("/environments/" + form.Replace("{0}", created.Id, StringComparison.Ordinal));

        found.ExpectProblem(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task GetVersions_NothingPublished_AnswersAnEmptyList()
    {
        Answer environment = await Api.CreateEnvironmentAsync();

        Answer versions = (await Api.GetAsync($"/environments/{environment.Id}/versions")).Expect(HttpStatusCode.OK);

        Assert.Equal(
            """{"data":[],"pagination":{"page":1,"pageSize":20,"total":0,"totalPages":0}}""", versions.Text);
    }

    [Fact]
    public async Task GetVersions_TwoPublished_ListsHighestFirst()
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync("PAUSED");

        Answer versions = (await Api.GetAsync($"/environments/{scenario.EnvironmentId}/versions")).Expect(HttpStatusCode.OK);

        JsonElement data = versions["data"];
        Assert.Equal(["2", "1"], Shapes.Column(data, "version"));
        Assert.Equal(["PUBLISHED", "PUBLISHED"], Shapes.Column(data, "status"));
        Assert.Equal(["0", "1"], Shapes.Column(data, "experimentCount"));
        Shapes.AssertMembers(["version", "status", "claimedAt", "publishedAt", "sha256", "experimentCount", "flagCount", "actor", "note", "error"], data[0]);
        Assert.Equal(JsonValueKind.Null, data[0].GetProperty("error").ValueKind);
    }

    [Fact]
    public async Task GetVersions_UnknownId_Answers404() =>
        (await Api.GetAsync($"/environments/{Guid.NewGuid()}/versions")).ExpectProblem(HttpStatusCode.NotFound);
}
