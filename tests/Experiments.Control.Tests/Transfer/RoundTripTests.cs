using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Experiments.Control.Tests.Support;

namespace Experiments.Control.Tests.Transfer;

public sealed class RoundTripTests(ControlServer server) : IClassFixture<ControlServer>
{
    private static readonly int ManyFlags = LongRun.Count(1_000, 5_000);

    private ApiClient Api => server.Api;

    [Theory]
    [InlineData("", "application/json")]
    [InlineData("?format=yaml", "application/yaml")]
    public async Task Export_AppliedToAnEmptyEnvironment_ExportsTheSame(string format, string type)
    {
        string from = await Api.CreateAsync();
        string to = await Api.CreateAsync(document: null);
        string document = await Api.ExportAsync(from, format);

        (await Api.ApplyAsync(to, document, type: type)).Expect(HttpStatusCode.OK);

        Assert.Equal(TransferScenario.Anonymous(await Api.ExportAsync(from)), TransferScenario.Anonymous(await Api.ExportAsync(to)));
        Assert.Equal(await DecidingPartsAsync(from), await DecidingPartsAsync(to));
    }

    [Fact]
    public async Task Export_OfADocumentThatWasApplied_SaysTheSame()
    {
        string id = await Api.CreateAsync();

        JsonNode export = JsonNode.Parse(await Api.ExportAsync(id))!;
        export["environment"] = "staging";

        Assert.Equal(JsonNode.Parse(TransferScenario.Full)!.ToJsonString(), export.ToJsonString());
    }

    [Fact]
    public async Task Export_OfTheSameStateTwice_IsTheSameToTheByte()
    {
        string id = await Api.CreateAsync();

        Answer first = await Api.GetAsync($"/environments/{id}/export");
        Answer second = await Api.GetAsync($"/environments/{id}/export");

        Assert.Equal(first.Body, second.Body);
        Assert.Equal(first.Header("ETag"), second.Header("ETag"));
        Assert.Equal("application/json", first.ContentType);
        Assert.EndsWith("}\n", first.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_AcceptYaml_AnswersYaml()
    {
        string id = await Api.CreateAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/environments/{id}/export");
        request.Headers.TryAddWithoutValidation("Accept", "application/yaml");

        Answer answer = await Api.SendAsync(request);

        Assert.Equal("application/yaml", answer.ContentType);
        Assert.Equal(await Api.ExportAsync(id, "?format=yaml"), answer.Text);
        Assert.StartsWith("format: experiments/1\n", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_OtherFormat_Answers400()
    {
        string id = await Api.CreateAsync(document: null);

        Assert.StartsWith("format ", (await Api.GetAsync($"/environments/{id}/export?format=xml")).ExpectProblem(HttpStatusCode.BadRequest), StringComparison.Ordinal);
        (await Api.GetAsync($"/environments/{Guid.NewGuid()}/export")).ExpectProblem(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("", "application/json")]
    [InlineData("?format=yaml", "text/yaml")]
    public async Task Apply_ExportOfTheSameState_ChangesNothing(string format, string type)
    {
        string id = await Api.CreateAsync();
        Answer before = await Api.GetAsync($"/environments/{id}/export");

        Answer applied = (await Api.ApplyAsync(id, await Api.ExportAsync(id, format), type: type)).Expect(HttpStatusCode.OK);

        Assert.False(applied["applied"].GetBoolean());
        Assert.False(applied["dryRun"].GetBoolean());
        Assert.Equal("No changes.", applied["text"].GetString());
        Assert.Equal("false", applied.Header("x-publish-attempted"));
        Assert.Equal(before.Header("ETag"), applied.Header("ETag"));
        Assert.Equal(before.Body, (await Api.GetAsync($"/environments/{id}/export")).Body);
    }

    [Fact]
    public async Task Apply_ExportOfWhatTheApiMade_ChangesNothing()
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync("RUNNING", withAudience: true);

        Answer applied = (await Api.ApplyAsync(scenario.EnvironmentId, await Api.ExportAsync(scenario.EnvironmentId))).Expect(HttpStatusCode.OK);

        Assert.False(applied["applied"].GetBoolean());
    }

    [Fact]
    public async Task Apply_ManyFlagsInOneChain_IsIdempotent()
    {
        string document = ManyFlagsDocument();
        string id = await Api.CreateAsync(document: null);
        (await Api.ApplyAsync(id, document)).Expect(HttpStatusCode.OK);
        Answer again = (await Api.ApplyAsync(id, await Api.ExportAsync(id))).Expect(HttpStatusCode.OK);

        Assert.False(again["applied"].GetBoolean());
    }

    /// <summary>A chain of prerequisites through all of them: the hardest for whoever looks for cycles.</summary>
    private static string ManyFlagsDocument()
    {
        const string Flag = """
            {"key": "fINDEX", "name": "Flag INDEX", "type": "boolean", "enabled": true, "default": "off",
             "variants": [{"key": "on", "value": true}, {"key": "off", "value": false}],
             "rules": [{NEEDED "serve": {"split": {"weights": {"on": 1, "off": 1}, "coverage": 0.5}}}]}
            """;
        const string Needed = """
            "prerequisites": [{"flag": "fINDEX", "variants": ["on"]}],
            """;
        string[] flags = [.. Enumerable.Range(0, ManyFlags).Select(static i => Flag
            .Replace("NEEDED", i + 1 == ManyFlags ? "" : Numbered(Needed, i + 1), StringComparison.Ordinal)
            .Replace("INDEX", i.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal))];
        return $$"""{"format": "experiments/1", "flags": [{{string.Join(",", flags)}}]}""";
    }

    private static string Numbered(string text, int number) =>
        text.Replace("INDEX", number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    /// <summary>The snapshot without ids, which are each environment's own, and what names them.</summary>
    private async Task<string> DecidingPartsAsync(string environmentId)
    {
        string name = (await Api.GetAsync($"/environments/{environmentId}"))["name"].GetString()!;
        JsonNode snapshot = JsonNode.Parse((await Api.GetAsync($"/configs/{Uri.EscapeDataString(name)}/snapshots/latest.json")).Expect(HttpStatusCode.OK).Text)!;
        string text = snapshot.ToJsonString().Replace(name, "NAME", StringComparison.Ordinal);
        Dictionary<string, string> ids = new(StringComparer.Ordinal);
        string anonymous = System.Text.RegularExpressions.Regex.Replace(
            text, "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", match => ids.TryGetValue(match.Value, out string? known) ? known : ids[match.Value] = $"id{ids.Count}",
            System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(10));
        JsonNode parts = JsonNode.Parse(anonymous)!;
        parts["publishedAt"] = "";
        parts["version"] = 0;
        return parts.ToJsonString();
    }
}
