using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Experiments.Control.Tests.Support;

namespace Experiments.Control.Tests.Transfer;

public sealed class ApplyTests(ControlServer server) : IClassFixture<ControlServer>
{
    private ApiClient Api => server.Api;

    [Fact]
    public async Task Apply_DryRun_SaysWhatWouldChangeAndChangesNothing()
    {
        string id = await Api.CreateAsync();
        Answer before = await Api.GetAsync($"/environments/{id}/export");
        string document = TransferScenario.Edit(TransferScenario.Full, static node => node["flags"]![0]!["enabled"] = false);

        Answer dryRun = (await Api.ApplyAsync(id, document, "?dryRun=true")).Expect(HttpStatusCode.OK);

        Assert.True(dryRun["dryRun"].GetBoolean());
        Assert.False(dryRun["applied"].GetBoolean());
        Assert.Contains("Flag \"price\": turned off.", dryRun["text"].GetString(), StringComparison.Ordinal);
        Assert.Equal("false", dryRun.Header("x-publish-attempted"));
        Assert.Equal(before.Header("ETag"), dryRun.Header("ETag"));
        Assert.Equal(before.Body, (await Api.GetAsync($"/environments/{id}/export")).Body);
    }

    [Theory]
    [InlineData("coverage", "0.6")]
    [InlineData("coverage", "0.2")]
    [InlineData("weights", """{"control":1,"green":3}""")]
    [InlineData("weights", """{"low":1,"high":3}""")]
    public async Task Apply_EditedSplitWithTheRangesOfBefore_ChangesNothingTheSecondTime(string member, string value)
    {
        string id = await Api.CreateAsync();
        string document = TransferScenario.Edit(await Api.ExportAsync(id), node =>
        {
            JsonNode ofExperiment = node["experiments"]![0]!["split"]!;
            JsonNode ofRule = node["flags"]![0]!["rules"]![2]!["serve"]!["split"]!;
            (value.Contains("low", StringComparison.Ordinal) ? ofRule : ofExperiment)[member] = JsonNode.Parse(value);
            if (member == "coverage")
            {
                ofRule[member] = JsonNode.Parse(value);
            }
        });
        Answer first = (await Api.ApplyAsync(id, document)).Expect(HttpStatusCode.OK);

        Answer second = (await Api.ApplyAsync(id, document)).Expect(HttpStatusCode.OK);

        Assert.True(first["applied"].GetBoolean());
        Assert.False(second["applied"].GetBoolean(), second.Text);
        Assert.Equal("[]", second["changes"].GetRawText());
        Assert.Equal(first.Header("ETag"), second.Header("ETag"));
    }

    [Fact]
    public async Task Apply_AnotherSaltOfARunningExperiment_SaysWhomItMoves()
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync("RUNNING");
        string document = TransferScenario.Edit(await Api.ExportAsync(scenario.EnvironmentId), static node => node["experiments"]![0]!["salt"] = "another");

        Assert.Equal("0.5", (await Api.ApplyAsync(scenario.EnvironmentId, document)).Expect(HttpStatusCode.OK).Header("x-reassigned-share"));
    }

    [Fact]
    public async Task Apply_AnotherTypeOfAFlag_IsRefused()
    {
        string id = await Api.CreateAsync();
        string document = TransferScenario.Edit(TransferScenario.Full, static node => node["flags"]![2]!["type"] = "json");

        string error = (await Api.ApplyAsync(id, document)).ExpectProblem(HttpStatusCode.BadRequest);

        Assert.Contains("flags[2].type is boolean and cannot be changed", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Apply_AfterTheDryRun_DoesWhatItSaid()
    {
        string id = await Api.CreateAsync();
        string document = TransferScenario.Edit(TransferScenario.Full, static node => node["flags"]![0]!["enabled"] = false);
        Answer dryRun = await Api.ApplyAsync(id, document, "?dryRun=true");

        Answer applied = (await Api.ApplyAsync(id, document, ifMatch: dryRun.Header("ETag"))).Expect(HttpStatusCode.OK);

        Assert.True(applied["applied"].GetBoolean());
        Assert.Equal(dryRun["text"].GetString(), applied["text"].GetString());
        Assert.Equal("true", applied.Header("x-publish-succeeded"));
        Assert.NotEqual(dryRun.Header("ETag"), applied.Header("ETag"));
        Assert.Equal(applied.Header("ETag"), (await Api.GetAsync($"/environments/{id}/export")).Header("ETag"));
    }

    [Fact]
    public async Task Apply_ChangedSinceTheDryRun_Answers412AndChangesNothing()
    {
        string id = await Api.CreateAsync();
        string document = TransferScenario.Edit(TransferScenario.Full, static node => node["flags"]![0]!["enabled"] = false);
        string? tag = (await Api.ApplyAsync(id, document, "?dryRun=true")).Header("ETag");
        await Api.CreateAudienceAsync(id);
        byte[] before = (await Api.GetAsync($"/environments/{id}/export")).Body;

        string error = (await Api.ApplyAsync(id, document, ifMatch: tag)).ExpectProblem(HttpStatusCode.PreconditionFailed);

        Assert.Contains("changed in the meantime", error, StringComparison.Ordinal);
        Assert.Equal(before, (await Api.GetAsync($"/environments/{id}/export")).Body);
    }

    [Fact]
    public async Task Apply_WithoutPrune_LeavesAloneWhatIsNotMentioned()
    {
        string id = await Api.CreateAsync();
        string before = await Api.ExportAsync(id);

        Answer applied = (await Api.ApplyAsync(id, """{"format": "experiments/1"}""")).Expect(HttpStatusCode.OK);

        Assert.False(applied["applied"].GetBoolean());
        Assert.Equal(before, await Api.ExportAsync(id));
    }

    [Fact]
    public async Task Apply_Prune_ArchivesAndDeletesWhatIsNotMentioned()
    {
        string id = await Api.CreateAsync();

        Answer applied = (await Api.ApplyAsync(id, """{"format": "experiments/1"}""", "?prune=true")).Expect(HttpStatusCode.OK);

        Assert.True(applied["applied"].GetBoolean());
        JsonElement export = JsonElement.Parse(await Api.ExportAsync(id));
        Assert.All(export.GetProperty("flags").EnumerateArray(), static flag => Assert.True(flag.GetProperty("archived").GetBoolean()));
        Assert.All(export.GetProperty("experiments").EnumerateArray(), static one => Assert.Equal("ARCHIVED", one.GetProperty("status").GetString()));
        Assert.False(export.TryGetProperty("holdouts", out _));
        Assert.Equal(["checkout"], Shapes.Column(export.GetProperty("layers"), "name"));
        Answer again = (await Api.ApplyAsync(id, """{"format": "experiments/1"}""", "?prune=true")).Expect(HttpStatusCode.OK);
        Assert.False(again["applied"].GetBoolean());
    }

    [Fact]
    public async Task Apply_WeightsChangedByHand_MovesAsFewAsThatTakes()
    {
        string id = await Api.CreateAsync();
        string document = TransferScenario.Edit(
            await Api.ExportAsync(id), static node => node["flags"]![0]!["rules"]![2]!["serve"]!["split"]!["coverage"] = 0.2);

        (await Api.ApplyAsync(id, document)).Expect(HttpStatusCode.OK);

        JsonElement split = JsonElement.Parse(await Api.ExportAsync(id)).GetProperty("flags")[0].GetProperty("rules")[2].GetProperty("serve").GetProperty("split");
        Assert.Equal("rs2", split.GetProperty("salt").GetString());
        Assert.Contains(split.GetProperty("allocations").EnumerateArray(), static one => one.GetRawText().Contains("7000", StringComparison.Ordinal));
        Assert.Equal(2000, split.GetProperty("allocations").EnumerateArray().Sum(
            static one => one.GetProperty("rangeEnd").GetInt32() - one.GetProperty("rangeStart").GetInt32() + 1));
    }

    [Fact]
    public async Task Apply_WeightsOfWhatIsLive_SaysWhomItMovesAndWritesItDown()
    {
        string id = await Api.CreateAsync();
        string document = TransferScenario.Edit(await Api.ExportAsync(id), static node =>
        {
            node["experiments"]![0]!["split"]!["weights"] = new JsonObject { ["control"] = 3, ["green"] = 1 };
            node["flags"]![0]!["rules"]![2]!["serve"]!["split"]!["coverage"] = 0.1;
        });

        Answer applied = (await Api.ApplyAsync(id, document)).Expect(HttpStatusCode.OK);

        // Half of the layer is in, of which a quarter moves; what the flag's rule loses is less.
        Assert.Equal("0.125", applied.Header("x-reassigned-share"));
        Answer audit = await Api.GetAsync($"/audit?environmentId={id}&action=update&kind=experiment");
        Assert.Equal(0.125m, ApiClient.Items(audit)[0].GetProperty("reassignedShare").GetDecimal());
        Assert.Null((await Api.ApplyAsync(id, await Api.ExportAsync(id))).Header("x-reassigned-share"));
    }

    [Fact]
    public async Task Apply_OnlyTexts_AreSaidAndNotPublished()
    {
        string id = await Api.CreateAsync();
        string document = TransferScenario.Edit(await Api.ExportAsync(id), static node =>
        {
            node["flags"]![2]!["name"] = "Later";
            node["experiments"]![1]!["description"] = "New";
        });

        Answer applied = (await Api.ApplyAsync(id, document)).Expect(HttpStatusCode.OK);

        Assert.True(applied["applied"].GetBoolean());
        Assert.Equal("false", applied.Header("x-publish-attempted"));
        Assert.Contains("Flag \"late\": name \"Late\" -> \"Later\".", applied["text"].GetString(), StringComparison.Ordinal);
        Assert.Contains("Experiment \"draft\": description none -> \"New\".", applied["text"].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Apply_ReorderedMembersAndRules_KeepsWhatIsTheSame()
    {
        string id = await Api.CreateAsync();
        JsonElement[] before = await RulesAsync(id);
        string document = TransferScenario.Edit(await Api.ExportAsync(id), static node =>
        {
            JsonArray rules = node["flags"]![0]!["rules"]!.AsArray();
            JsonNode first = rules[0]!;
            rules.RemoveAt(0);
            rules.Add(first);
        });

        (await Api.ApplyAsync(id, document)).Expect(HttpStatusCode.OK);

        JsonElement[] after = await RulesAsync(id);
        Assert.Equal(
            [.. before.Skip(1).Append(before[0]).Select(static rule => rule.GetProperty("id").GetString())],
            after.Select(static rule => rule.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task Apply_ByHand_WithoutSaltsAndRanges_MakesThem()
    {
        string id = await Api.CreateAsync(document: null);
        const string Yaml = """
            format: experiments/1
            layers:
              - name: l
            experiments:
              - key: e
                name: E
                status: RUNNING
                variants:
                  - {key: control, name: Control}
                  - {key: green, name: Green}
                split:
                  weights: {control: 1, green: 1}
                  coverage: 0.5
                  layer: l
            """;

        (await Api.ApplyAsync(id, Yaml, type: "application/yaml")).Expect(HttpStatusCode.OK);
        Answer again = (await Api.ApplyAsync(id, Yaml, type: "application/yaml")).Expect(HttpStatusCode.OK);

        Assert.False(again["applied"].GetBoolean());
        JsonElement split = JsonElement.Parse(await Api.ExportAsync(id)).GetProperty("experiments")[0].GetProperty("split");
        Assert.Equal("""[{"rangeStart":0,"rangeEnd":4999}]""", JsonNode.Parse(split.GetProperty("claim").GetRawText())!.ToJsonString());
    }

    private async Task<JsonElement[]> RulesAsync(string environmentId)
    {
        JsonElement flags = (await Api.GetAsync($"/flags?environmentId={environmentId}"))["data"];
        JsonElement price = flags.EnumerateArray().Single(static flag => flag.GetProperty("key").GetString() == "price");
        return [.. price.GetProperty("rules").EnumerateArray()];
    }
}
