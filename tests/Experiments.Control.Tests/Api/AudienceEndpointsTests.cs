using System.Net;
using System.Text.Json;
using Experiments.Control.Tests.Support;

namespace Experiments.Control.Tests.Api;

public sealed class AudienceEndpointsTests(ControlServer server) : IClassFixture<ControlServer>
{
    private ApiClient Api => server.Api;

    [Fact]
    public async Task Post_NewName_Answers201WithEveryMember()
    {
        Answer environment = await Api.CreateEnvironmentAsync();

        Answer created = await Api.PostAsync(
            "/audiences", new { name = "Germans", environmentId = environment.Id, rules = Rules.Country("DE") });

        created.Expect(HttpStatusCode.Created);
        Shapes.AssertMembers(Shapes.Audience, created.Json);
        Shapes.AssertUuid(created["id"]);
        Assert.Equal("Germans", created["name"].GetString());
        Assert.Equal(environment.Id, created["environmentId"].GetString());
        Shapes.AssertEqual(environment.Json, created["environment"]);
        Assert.Equal("""[{"conditions":[{"attribute":"country","operator":"eq","value":"DE"}]}]""", created["rules"].GetRawText());
        Assert.Equal(Shapes.AssertTime(created["createdAt"]), Shapes.AssertTime(created["updatedAt"]));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""[{"conditions":[]}]""")]
    public async Task Post_RulesWithoutConditions_AreKept(string rules)
    {
        string environmentId = (await Api.CreateEnvironmentAsync()).Id;

        Answer created = await Api.PostAsync("/audiences", $$"""{"name":"a","environmentId":"{{environmentId}}","rules":{{rules}}}""");

        Assert.Equal(rules, created.Expect(HttpStatusCode.Created)["rules"].GetRawText());
    }

    [Fact]
    public async Task Post_NameTakenInTheEnvironment_Answers409NamingIt()
    {
        string environmentId = (await Api.CreateEnvironmentAsync()).Id;
        await Api.CreateAudienceAsync(environmentId, name: "taken");

        string error = (await Api.PostAsync("/audiences", new { name = "taken", environmentId, rules = Array.Empty<object>() }))
            .ExpectProblem(HttpStatusCode.Conflict);

        Assert.Contains("\"taken\"", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_NameInOtherCase_IsAnotherAudience()
    {
        string environmentId = (await Api.CreateEnvironmentAsync()).Id;
        await Api.CreateAudienceAsync(environmentId, name: "abc");

        await Api.CreateAudienceAsync(environmentId, name: "ABC");
    }

    [Fact]
    public async Task Post_NameTakenInAnotherEnvironment_IsAnotherAudience()
    {
        await Api.CreateAudienceAsync((await Api.CreateEnvironmentAsync()).Id, name: "same");

        await Api.CreateAudienceAsync((await Api.CreateEnvironmentAsync()).Id, name: "same");
    }

    [Theory]
    [InlineData("5a1c7b1e-3f0a-4a57-9d4c-0d6f3c1e8f00")]
    [InlineData("not a UUID")]
    [InlineData("")]
    public async Task Post_UnknownEnvironment_Answers404NamingTheEnvironment(string environmentId)
    {
        string error = (await Api.PostAsync("/audiences", new { name = "a", environmentId, rules = Array.Empty<object>() }))
            .ExpectProblem(HttpStatusCode.NotFound);

        Assert.Contains("environment", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"environmentId":"ENV","rules":[]}""", "name ")]
    [InlineData("""{"name":null,"environmentId":"ENV","rules":[]}""", "name ")]
    [InlineData("""{"name":"","environmentId":"ENV","rules":[]}""", "name ")]
    [InlineData("""{"name":"a\u0000","environmentId":"ENV","rules":[]}""", "name ")]
    [InlineData("""{"name":"a","rules":[]}""", "environmentId ")]
    [InlineData("""{"name":"a","environmentId":null,"rules":[]}""", "environmentId ")]
    [InlineData("""{"name":"a","environmentId":7,"rules":[]}""", "environmentId ")]
    [InlineData("""{"name":"a","environmentId":"ENV"}""", "rules ")]
    [InlineData("""{"name":"a","environmentId":"ENV","rules":null}""", "rules ")]
    [InlineData("""{"name":"a","environmentId":"ENV","rules":{}}""", "rules ")]
    [InlineData("""{"name":"a","environmentId":"ENV","rules":[7]}""", "rules[0] ")]
    [InlineData("""{"name":"a","environmentId":"ENV","rules":[{"conditions":[]},{}]}""", "rules[1].conditions ")]
    [InlineData("""{"name":"a","environmentId":"ENV","rules":[{"conditions":[{"attribute":"a","operator":"zz","value":1}]}]}""", "rules[0].conditions[0].operator ")]
    public async Task Post_MemberMissingOrOfWrongType_Answers400WithItsPath(string body, string path)
    {
        string environmentId = (await Api.CreateEnvironmentAsync()).Id;

        string error = (await Api.PostAsync("/audiences", body.Replace("ENV", environmentId, StringComparison.Ordinal)))
            .ExpectProblem(HttpStatusCode.BadRequest);

        Assert.StartsWith(path, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_KnownId_AnswersWhatWasCreated()
    {
        Answer created = await Api.CreateAudienceAsync((await Api.CreateEnvironmentAsync()).Id);

        Answer found = (await Api.GetAsync($"/audiences/{created.Id}")).Expect(HttpStatusCode.OK);

        Shapes.AssertEqual(created.Json, found.Json);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    public async Task AnyMethod_UnknownOrMalformedId_Answers404(string method)
    {
        object? body = method == "PATCH" ? new { name = "a" } : null;
        foreach (string id in new[] { Guid.NewGuid().ToString(), "abc", "%20" })
        {
            (await Api.SendAsync(new HttpMethod(method), $"/audiences/{id}", body)).ExpectProblem(HttpStatusCode.NotFound);
        }
    }

    [Fact]
    public async Task List_EnvironmentFilter_AnswersOnlyItsOwn()
    {
        string environmentId = (await Api.CreateEnvironmentAsync()).Id;
        Answer own = await Api.CreateAudienceAsync(environmentId);
        await Api.CreateAudienceAsync((await Api.CreateEnvironmentAsync()).Id);

        Answer list = (await Api.GetAsync($"/audiences?environmentId={environmentId}")).Expect(HttpStatusCode.OK);

        Shapes.AssertEqual(own.Json, Assert.Single(list["data"].EnumerateArray()));
    }

    [Theory]
    [InlineData("5a1c7b1e-3f0a-4a57-9d4c-0d6f3c1e8f00")]
    [InlineData("abc")]
    [InlineData("")]
    public async Task List_UnknownEnvironmentFilter_AnswersAnEmptyList(string environmentId)
    {
        await Api.CreateAudienceAsync((await Api.CreateEnvironmentAsync()).Id);

        Answer list = (await Api.GetAsync($"/audiences?environmentId={environmentId}")).Expect(HttpStatusCode.OK);

        Assert.Equal("[]", list["data"].GetRawText());
        Assert.Equal(JsonValueKind.Number, list["pagination"].GetProperty("total").ValueKind);
    }
}
