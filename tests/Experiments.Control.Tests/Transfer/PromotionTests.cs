using System.Net;
using System.Text.Json;
using Experiments.Control.Tests.Support;

namespace Experiments.Control.Tests.Transfer;

public sealed class PromotionTests(ControlServer server) : IClassFixture<ControlServer>
{
    private ApiClient Api => server.Api;

    [Fact]
    public async Task Promote_WithAllThatItNeeds_MakesThemWithTheirBuckets()
    {
        string from = await Api.CreateAsync();
        string to = await Api.CreateAsync(document: null);

        Answer promoted = (await PromoteAsync(from, new { to, flags = new[] { "price", "late" }, experiments = Array.Empty<string>() })).Expect(HttpStatusCode.OK);

        Assert.True(promoted["applied"].GetBoolean());
        JsonElement source = JsonElement.Parse(await Api.ExportAsync(from));
        JsonElement target = JsonElement.Parse(await Api.ExportAsync(to));
        Assert.Equal(["price", "late"], Shapes.Column(target.GetProperty("flags"), "key"));
        Assert.Equal(["Beta users"], Shapes.Column(target.GetProperty("audiences"), "name"));
        Assert.Equal(["checkout"], Shapes.Column(target.GetProperty("layers"), "name"));
        Assert.False(target.TryGetProperty("experiments", out _));
        Assert.Equal(source.GetProperty("flags")[0].GetRawText(), target.GetProperty("flags")[0].GetRawText());
    }

    [Fact]
    public async Task Promote_NothingNamed_TakesAllThatIsNotArchived()
    {
        string from = await Api.CreateAsync();
        string to = await Api.CreateAsync(document: null);

        (await PromoteAsync(from, new { to })).Expect(HttpStatusCode.OK);

        JsonElement target = JsonElement.Parse(await Api.ExportAsync(to));
        Assert.Equal(["price", "button", "late"], Shapes.Column(target.GetProperty("flags"), "key"));
        Assert.Equal(["button", "draft"], Shapes.Column(target.GetProperty("experiments"), "key"));
    }

    [Fact]
    public async Task Promote_NothingNamedAndARuleOfAnArchivedExperiment_TakesThatToo()
    {
        string from = await Api.CreateAsync();
        string to = await Api.CreateAsync(document: null);
        string button = (await Api.GetAsync($"/experiments?environmentId={from}&search=button"))["data"][0].GetProperty("id").GetString()!;
        await Api.MoveAsync(button, "ARCHIVED");

        (await PromoteAsync(from, new { to })).Expect(HttpStatusCode.OK);

        Assert.Equal(["button", "draft"], Shapes.Column(JsonElement.Parse(await Api.ExportAsync(to)).GetProperty("experiments"), "key"));
    }

    [Fact]
    public async Task Promote_DryRun_ShowsTheDifferenceAndChangesNothing()
    {
        string from = await Api.CreateAsync();
        string to = await Api.CreateAsync(document: null);

        Answer dryRun = (await PromoteAsync(from, new { to, flags = new[] { "late" }, dryRun = true })).Expect(HttpStatusCode.OK);

        Assert.True(dryRun["dryRun"].GetBoolean());
        Assert.Contains("Flag \"late\" was added", dryRun["text"].GetString(), StringComparison.Ordinal);
        Assert.False(JsonElement.Parse(await Api.ExportAsync(to)).TryGetProperty("flags", out _));
    }

    [Fact]
    public async Task Promote_MissingPrerequisite_Answers422WithItsName()
    {
        string from = await Api.CreateAsync();
        string to = await Api.CreateAsync(document: null);

        string error = (await PromoteAsync(from, new { to, flags = new[] { "price", "button" } })).ExpectProblem(HttpStatusCode.UnprocessableEntity);

        Assert.Contains("flag \"late\", experiment \"button\"", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Promote_UnknownKeyOrEnvironment_Answers404()
    {
        string from = await Api.CreateAsync();
        string to = await Api.CreateAsync(document: null);

        Assert.Contains("\"none\"", (await PromoteAsync(from, new { to, flags = new[] { "none" } })).ExpectProblem(HttpStatusCode.NotFound), StringComparison.Ordinal);
        (await PromoteAsync(from, new { to = Guid.NewGuid(), flags = new[] { "late" } })).ExpectProblem(HttpStatusCode.NotFound);
        (await PromoteAsync(Guid.NewGuid().ToString(), new { to, flags = new[] { "late" } })).ExpectProblem(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Promote_ToWhereItIsAlready_KeepsItsSaltsAndBuckets()
    {
        string from = await Api.CreateAsync();
        string to = await Api.CreateAsync(TransferScenario.Edit(TransferScenario.Full, static node =>
        {
            node["flags"]![0]!["rules"]![2]!["serve"]!["split"]!["salt"] = "other";
            node["layers"]![0]!["salt"] = "other-layer";
            node["flags"]![0]!["enabled"] = false;
        }));

        (await PromoteAsync(from, new { to, flags = new[] { "price" } })).Expect(HttpStatusCode.OK);

        JsonElement target = JsonElement.Parse(await Api.ExportAsync(to));
        JsonElement flag = target.GetProperty("flags")[0];
        Assert.True(flag.GetProperty("enabled").GetBoolean());
        Assert.Equal("other", flag.GetProperty("rules")[2].GetProperty("serve").GetProperty("split").GetProperty("salt").GetString());
        Assert.Equal("other-layer", target.GetProperty("layers")[0].GetProperty("salt").GetString());
        Answer again = (await PromoteAsync(from, new { to, flags = new[] { "price" } })).Expect(HttpStatusCode.OK);
        Assert.False(again["applied"].GetBoolean());
    }

    private Task<Answer> PromoteAsync(string from, object body) => Api.PostAsync($"/environments/{from}/promote", body);
}
