using System.Net;
using System.Text.Json.Nodes;
using Experiments.Control.Tests.Support;

namespace Experiments.Control.Tests.Transfer;

public sealed class ApplyRefusalTests(ControlServer server) : IClassFixture<ControlServer>
{
    private const string OnOff = """
        "variants": [{"key": "on", "value": true}, {"key": "off", "value": false}]
        """;

    private ApiClient Api => server.Api;

    [Theory]
    [InlineData("""{"flags": []}""", "format is missing")]
    [InlineData("""{"format": "experiments/2"}""", "format \"experiments/2\" is unknown")]
    [InlineData("""{"format": "experiments/1", "flag": []}""", "flag is unknown")]
    [InlineData("""{"format": "experiments/1", "layers": [{"name": "a"}, {"name": "a"}]}""", "layers[1].name \"a\" is there twice")]
    [InlineData("""{"format": "experiments/1", "layers": [{"name": "a", "unit": ""}]}""", "layers[0].unit ")]
    [InlineData("""{"format": "experiments/1", "layers": [{"name": " ", "salt": "x"}]}""", "layers[0].name ")]
    [InlineData("""{"format": "experiments/1", "holdouts": [{"name": "a", "share": 1.5}]}""", "holdouts[0].share ")]
    [InlineData("""{"format": "experiments/1", "holdouts": [{"name": "a", "share": 1, "tag": "no blanks"}]}""", "holdouts[0].tag ")]
    [InlineData("""{"format": "experiments/1", "audiences": [{"name": "a", "rules": [{"conditions": [{"attribute": "x", "operator": "equals", "value": 1}]}]}]}""", "audiences[0].rules[0].conditions[0].operator ")]
    [InlineData("""{"format": "experiments/1", "audiences": [{"name": "a", "rules": [{"conditions": [{"attribute": "x", "operator": "eq", "valeu": 1}]}]}]}""", "audiences[0].rules[0].conditions[0].valeu is unknown")]
    [InlineData("""{"format": "experiments/1", "experiments": [{"key": "e", "name": "E", "status": "STARTED"}]}""", "experiments[0].status ")]
    [InlineData("""{"format": "experiments/1", "experiments": [{"key": "e e", "name": "E", "status": "DRAFT"}]}""", "experiments[0].key ")]
    [InlineData("""{"format": "experiments/1", "experiments": [{"key": "e", "name": "E", "status": "DRAFT", "audience": "nobody"}]}""", "experiments[0].audience ")]
    [InlineData("""{"format": "experiments/1", "experiments": [{"key": "e", "name": "E", "status": "DRAFT", "variants": [{"key": "a", "name": "A", "payload": 1}]}]}""", "experiments[0].variants[0].payload ")]
    [InlineData("""{"format": "experiments/1", "experiments": [{"key": "e", "name": "E", "status": "DRAFT", "variants": [{"key": "a", "name": "A"}], "allocations": [{"variant": "b", "rangeStart": 0, "rangeEnd": 1}]}]}""", "experiments[0].allocations[0].variant ")]
    [InlineData("""{"format": "experiments/1", "experiments": [{"key": "e", "name": "E", "status": "DRAFT", "variants": [{"key": "a", "name": "A"}], "allocations": [{"variant": "a", "rangeStart": 0, "rangeEnd": 10000}]}]}""", "experiments[0].allocations[0] ")]
    [InlineData("""{"format": "experiments/1", "experiments": [{"key": "e", "name": "E", "status": "DRAFT", "variants": [{"key": "a", "name": "A"}], "allocations": [{"variant": "a", "rangeStart": 0, "rangeEnd": 5}, {"variant": "a", "rangeStart": 5, "rangeEnd": 9}]}]}""", "experiments[0].allocations has ranges that overlap")]
    [InlineData("""{"format": "experiments/1", "experiments": [{"key": "e", "name": "E", "status": "DRAFT", "variants": [{"key": "a", "name": "A"}], "split": {"weights": {"b": 1}, "coverage": 1}}]}""", "experiments[0].split.weights[0] ")]
    [InlineData("""{"format": "experiments/1", "experiments": [{"key": "e", "name": "E", "status": "DRAFT", "split": {"weights": {}, "coverage": 1, "salt": "s"}}]}""", "experiments[0].split.salt is unknown")]
    public async Task Apply_DocumentThatIsWrong_Answers400WithThePath(string document, string error) =>
        await ExpectAsync(document, HttpStatusCode.BadRequest, error);

    [Theory]
    [InlineData("\"variants\": [{\"key\": \"on\", \"value\": 1}]", "flags[0].variants[0].value ")]
    [InlineData("\"variants\": [{\"key\": \"on\"}]", "flags[0].variants[0].value is missing")]
    [InlineData("\"off\": \"x\"", "flags[0].off ")]
    [InlineData("\"schema\": 7", "flags[0].schema ")]
    [InlineData("\"rules\": [{\"serve\": {\"variant\": \"x\"}}]", "flags[0].rules[0].serve.variant ")]
    [InlineData("\"rules\": [{\"serve\": {\"experiment\": \"x\"}}]", "flags[0].rules[0].serve.experiment ")]
    [InlineData("\"rules\": [{\"serve\": {\"variant\": \"x\", \"experiment\": \"x\"}}]", "flags[0].rules[0].serve.variant, ")]
    [InlineData("\"rules\": [{\"serve\": {\"split\": {\"weights\": {\"x\": 1}, \"coverage\": 1, \"layer\": \"none\"}}}]", "flags[0].rules[0].serve.split.layer ")]
    [InlineData("\"rules\": [{\"serve\": {\"split\": {\"weights\": {\"x\": 1}, \"coverage\": 1, \"salt\": \"\"}}}]", "flags[0].rules[0].serve.split.salt ")]
    [InlineData("\"rules\": [{\"serve\": {}, \"prerequisites\": [{\"flag\": \"x\", \"variants\": [\"on\"]}]}]", "flags[0].rules[0].prerequisites[0].flag ")]
    [InlineData("\"rules\": [{\"serve\": {}, \"schedule\": {\"from\": \"2026-02-01T00:00:00Z\", \"until\": \"2026-01-01T00:00:00Z\"}}]", "flags[0].rules[0].schedule.until ")]
    [InlineData("\"rules\": [{\"serve\": {}, \"id\": \"x\"}]", "flags[0].rules[0].id is unknown")]
    [InlineData("\"overrides\": [{\"userKey\": \"u\", \"variant\": \"x\"}]", "flags[0].overrides[0].variant ")]
    public async Task Apply_FlagThatIsWrong_Answers400WithThePath(string members, string error) =>
        await ExpectAsync(TransferScenario.Flag(members), HttpStatusCode.BadRequest, error);

    [Fact]
    public async Task Apply_CycleThroughTheDocument_Answers422WithTheWay()
    {
        string document = $$"""
            {"format": "experiments/1", "flags": [
              {"key": "a", "name": "A", "type": "boolean", "enabled": true, {{OnOff}}, "rules": [{"serve": {}, "prerequisites": [{"flag": "b", "variants": ["on"]}]}]},
              {"key": "b", "name": "B", "type": "boolean", "enabled": true, {{OnOff}}, "rules": [{"serve": {}, "prerequisites": [{"flag": "a", "variants": ["on"]}]}]}]}
            """;

        await ExpectAsync(document, HttpStatusCode.UnprocessableEntity, "flags[0]: prerequisites would make a cycle: a -> b -> a");
    }

    [Fact]
    public async Task Apply_LayerOverbooked_Answers422()
    {
        const string Document = """
            {"format": "experiments/1", "layers": [{"name": "l"}], "experiments": [
              {"key": "a", "name": "A", "status": "RUNNING", "variants": [{"key": "v", "name": "V"}], "split": {"weights": {"v": 1}, "coverage": 0.6, "layer": "l"}},
              {"key": "b", "name": "B", "status": "RUNNING", "variants": [{"key": "v", "name": "V"}], "split": {"weights": {"v": 1}, "coverage": 0.6, "layer": "l"}}]}
            """;

        await ExpectAsync(Document, HttpStatusCode.UnprocessableEntity, "experiments[1]: Layer \"l\": ");
    }

    [Fact]
    public async Task Apply_ClaimThatAnotherHolds_Answers422WithTheHolder()
    {
        string document = TransferScenario.Edit(
            TransferScenario.Full, static node => node["flags"]![0]!["rules"]![1]!["serve"]!["split"]!["claim"]![0]!["rangeEnd"] = 5000);

        await ExpectAsync(
            document, HttpStatusCode.UnprocessableEntity, "flags[0].rules[1].serve.split.claim: buckets 5000..5000 of layer \"checkout\" are held by \"button\"");
    }

    [Fact]
    public async Task Apply_ExperimentWithoutAllocationsRunning_Answers422() => await ExpectAsync(
        """{"format": "experiments/1", "experiments": [{"key": "e", "name": "E", "status": "RUNNING"}]}""",
        HttpStatusCode.UnprocessableEntity, "experiments[0].status: ");

    [Fact]
    public async Task Apply_KeyOfAnExperimentForAFlagThatDoesNotServeIt_Answers409() => await ExpectAsync(
        """{"format": "experiments/1", "experiments": [{"key": "k", "name": "E", "status": "DRAFT"}], "flags": [{"key": "k", "name": "F", "type": "boolean", "enabled": true}]}""",
        HttpStatusCode.Conflict, "flags[0].key: ");

    [Fact]
    public async Task Apply_StatusThatCannotFollow_Answers422AndChangesNothing()
    {
        string id = await Api.CreateAsync();
        string document = TransferScenario.Edit(TransferScenario.Full, static node => node["experiments"]![0]!["status"] = "DRAFT");

        await ExpectAsync(id, document, HttpStatusCode.UnprocessableEntity, "experiments[0].status: Cannot transition from RUNNING to DRAFT");
    }

    [Fact]
    public async Task Apply_ChangeOfAnArchivedExperiment_Answers422()
    {
        string id = await Api.CreateAsync();
        string document = TransferScenario.Edit(TransferScenario.Full, static node => node["experiments"]![2]!["name"] = "Other");

        await ExpectAsync(id, document, HttpStatusCode.UnprocessableEntity, "experiments[2]: Experiment \"old\" is ARCHIVED");
    }

    [Fact]
    public async Task Apply_ArchivesAPrerequisiteOfAnother_Answers409()
    {
        string id = await Api.CreateAsync();
        const string Document = """
            {"format": "experiments/1", "flags": [{"key": "late", "name": "Late", "type": "boolean", "enabled": true, "archived": true}]}
            """;

        await ExpectAsync(id, Document, HttpStatusCode.Conflict, "flags[0]: Flag \"price\" has it as a prerequisite");
    }

    [Fact]
    public async Task Apply_FaultAtTheEndOfTheDocument_ChangesNothing()
    {
        string id = await Api.CreateAsync();
        string document = TransferScenario.Edit(TransferScenario.Full, static node =>
        {
            node["audiences"]![0]!["rules"] = new JsonArray();
            node["flags"]![0]!["enabled"] = false;
            node["flags"]![3]!["off"] = "missing";
        });

        await ExpectAsync(id, document, HttpStatusCode.BadRequest, "flags[3].off ");
    }

    [Fact]
    public async Task Apply_OtherContentType_Answers415() =>
        (await Api.ApplyAsync(await Api.CreateAsync(document: null), "<a/>", type: "application/xml")).ExpectProblem(HttpStatusCode.UnsupportedMediaType);

    [Fact]
    public async Task Apply_UnknownEnvironment_Answers404() =>
        (await Api.ApplyAsync(Guid.NewGuid().ToString(), TransferScenario.Full)).ExpectProblem(HttpStatusCode.NotFound);

    [Theory]
    [InlineData("format: experiments/1\nflags: &a []\n", "line 2, column 8: anchors")]
    [InlineData("format: experiments/1\nflags: *a\n", "line 2, column 8: anchors")]
    [InlineData("format: !!str experiments/1\n", "line 1, column 9: tags")]
    [InlineData("format: !custom experiments/1\n", "line 1, column 9: tags")]
    [InlineData("format: experiments/1\nformat: experiments/1\n", "line 2, column 1: key \"format\" is there twice")]
    [InlineData("format: 007\n", "line 1, column 9: 007 is a number")]
    [InlineData("format: .inf\n", "line 1, column 9: .inf is a number")]
    [InlineData("format: experiments/1\n---\nformat: experiments/1\n", "line 2, column 1: there is a second document")]
    [InlineData("# nothing\n", "there is no document")]
    [InlineData("? [a]\n: b\n", "keys must be texts")]
    [InlineData("format: [\n", "The body is no YAML")]
    [InlineData("format: experiments/1\nflag: []\n", "flag is unknown")]
    public async Task Apply_YamlThatIsNotTaken_Answers400WithThePlace(string yaml, string error)
    {
        string id = await Api.CreateAsync(document: null);

        string text = (await Api.ApplyAsync(id, yaml, type: "application/yaml")).ExpectProblem(HttpStatusCode.BadRequest);

        Assert.Contains(error, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Apply_YamlNestedTooDeeply_Answers400()
    {
        string id = await Api.CreateAsync(document: null);

        string text = (await Api.ApplyAsync(id, "format: " + new string('[', 5_000), type: "application/yaml")).ExpectProblem(HttpStatusCode.BadRequest);

        Assert.Contains("levels", text, StringComparison.Ordinal);
    }

    private async Task ExpectAsync(string document, HttpStatusCode status, string error) =>
        await ExpectAsync(await Api.CreateAsync(document: null), document, status, error);

    /// <summary>Refused with this error, and as it was before.</summary>
    private async Task ExpectAsync(string id, string document, HttpStatusCode status, string error)
    {
        Answer before = await Api.GetAsync($"/environments/{id}/export");

        string applied = (await Api.ApplyAsync(id, document)).ExpectProblem(status);
        string dryRun = (await Api.ApplyAsync(id, document, "?dryRun=true")).ExpectProblem(status);

        Assert.StartsWith(error, applied, StringComparison.Ordinal);
        Assert.Equal(applied, dryRun);
        Answer after = await Api.GetAsync($"/environments/{id}/export");
        Assert.Equal(before.Body, after.Body);
        Assert.Equal(before.Header("ETag"), after.Header("ETag"));
    }
}
