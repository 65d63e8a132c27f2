using System.Net;
using System.Text.Json;
using Experiments.Control.Tests.Support;

namespace Experiments.Control.Tests.Api;

/// <summary>Which changes publish, and how the answer says so.</summary>
public sealed class PublishHeadersTests(ControlServer server) : IClassFixture<ControlServer>
{
    private static readonly string[] ChangesOfWhatIsLive =
    [
        """POST {experiment}/variants {"key":"new","name":"n"}""",
        """PATCH {experiment}/variants {"create":[{"key":"new","name":"n"}]}""",
        """PATCH {experiment}/variants {"update":[{"id":"{treatment}","payload":{"color":"red"}}]}""",
        """PATCH {experiment}/variants {"delete":[{"id":"{free}"}]}""",
        """PATCH {experiment}/variants/{treatment} {"payload":null}""",
        """PATCH {experiment}/variants/{treatment} {"payload":{"color":"red"}}""",
        """PATCH {experiment}/variants/{treatment} {"name":"renamed"}""",
        "DELETE {experiment}/variants/{free}",
        """PUT {experiment}/allocations {"allocations":[{"variantId":"{control}","rangeStart":0,"rangeEnd":9}]}""",
        """PATCH {experiment} {"targetingRules":[{"conditions":[{"attribute":"a","operator":"eq","value":1}]}]}""",
        """PATCH {experiment} {"audienceId":null}""",
        """PATCH {experiment} {"audienceId":"{other}"}""",
        """PATCH /audiences/{audience} {"rules":[]}""",
    ];

    private static readonly string[] ChangesOfNothingLive =
    [
        "PATCH {experiment} {}",
        """PATCH {experiment} {"name":"renamed","description":"d"}""",
        """PATCH {experiment} {"targetingRules":[]}""",
        """PATCH {experiment} {"audienceId":"{audience}"}""",
        "PATCH {experiment}/variants {}",
        """PATCH {experiment}/variants {"update":[{"id":"{treatment}"}]}""",
        "PATCH {experiment}/variants/{treatment} {}",
        """PATCH {experiment}/variants/{treatment} {"payload":{"color":"blue"}}""",
        """PATCH {experiment}/variants/{control} {"payload":null}""",
        """
        PUT {experiment}/allocations {"allocations":[{"variantId":"{treatment}","rangeStart":5000,"rangeEnd":9999},
        {"variantId":"{control}","rangeStart":0,"rangeEnd":4999}]}
        """,
        "PATCH /audiences/{audience} {}",
        """PATCH /audiences/{audience} {"name":"{unique}"}""",
        """PATCH /audiences/{audience} {"rules":[{"conditions":[{"attribute":"country","operator":"eq","value":"US"}]}]}""",
        """PATCH /audiences/{other} {"rules":[]}""",
        "DELETE /audiences/{other}",
    ];

    private ApiClient Api => server.Api;

    public static TheoryData<string> LiveChanges => [.. ChangesOfWhatIsLive];

    public static TheoryData<string> OtherChanges => [.. ChangesOfNothingLive];

    [Theory]
    [MemberData(nameof(LiveChanges))]
    public async Task Change_OfWhatIsLive_PublishesAndSaysSo(string request)
    {
        ExperimentScenario scenario = await CreateScenarioAsync("RUNNING", request);
        long version = await PublishedVersionAsync(scenario);

        Answer answer = await SendAsync(scenario, request);

        AssertPublished(answer);
        Assert.Equal(version + 1, await PublishedVersionAsync(scenario));
    }

    [Theory]
    [MemberData(nameof(OtherChanges))]
    public async Task Change_OfNothingLive_DoesNotPublishAndSaysSo(string request)
    {
        ExperimentScenario scenario = await CreateScenarioAsync("RUNNING", request);
        long version = await PublishedVersionAsync(scenario);

        Answer answer = await SendAsync(scenario, request);

        AssertNotPublished(answer);
        Assert.Equal(version, await PublishedVersionAsync(scenario));
    }

    [Theory]
    [MemberData(nameof(LiveChanges))]
    public async Task Change_OfADraft_DoesNotPublish(string request)
    {
        ExperimentScenario scenario = await CreateScenarioAsync("DRAFT", request);

        Answer answer = await SendAsync(scenario, request);

        AssertNotPublished(answer);
        Assert.Equal(0, await PublishedVersionAsync(scenario));
    }

    [Theory]
    [InlineData("""PATCH {experiment}/variants/{treatment} {"payload":null}""")]
    [InlineData("""PUT {experiment}/allocations {"allocations":[]}""")]
    [InlineData("""PATCH {experiment} {"audienceId":null}""")]
    [InlineData("""PATCH /audiences/{audience} {"rules":[]}""")]
    public async Task Change_OfAPausedOne_DoesNotPublish(string request)
    {
        ExperimentScenario scenario = await CreateScenarioAsync("PAUSED", request);

        AssertNotPublished(await SendAsync(scenario, request));
    }

    [Theory]
    [InlineData("DRAFT", "RUNNING")]
    [InlineData("DRAFT", "ARCHIVED")]
    [InlineData("RUNNING", "PAUSED")]
    [InlineData("RUNNING", "ARCHIVED")]
    [InlineData("PAUSED", "RUNNING")]
    [InlineData("PAUSED", "ARCHIVED")]
    public async Task PatchStatus_AnyTransition_Publishes(string from, string to)
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync(from);
        long version = await PublishedVersionAsync(scenario);

        Answer answer = await Api.PatchAsync($"{scenario.Path}/status", new { status = to });

        AssertPublished(answer);
        Assert.Equal(version + 1, await PublishedVersionAsync(scenario));
    }

    [Theory]
    [InlineData("DRAFT")]
    [InlineData("RUNNING")]
    [InlineData("PAUSED")]
    [InlineData("ARCHIVED")]
    public async Task Delete_ExperimentOfAnyStatus_Publishes(string status)
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync(status);
        long version = await PublishedVersionAsync(scenario);

        AssertPublished(await Api.DeleteAsync(scenario.Path));

        Assert.Equal(version + 1, await PublishedVersionAsync(scenario));
    }

    [Fact]
    public async Task Change_OfAnAudienceThatARunningAndADraftUse_PublishesOnce()
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync("RUNNING", withAudience: true);
        await Api.CreateExperimentAsync(scenario.EnvironmentId, audienceId: scenario.AudienceId);

        AssertPublished(await Api.PatchAsync($"/audiences/{scenario.AudienceId}", new { rules = Array.Empty<object>() }));

        Assert.Equal(2, await PublishedVersionAsync(scenario));
    }

    [Fact]
    public async Task Change_Refused_DoesNotPublish()
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync("RUNNING");

        (await Api.PutAsync($"{scenario.Path}/allocations", """{"allocations":[]}""")).Expect(HttpStatusCode.UnprocessableEntity);

        Assert.Equal(1, await PublishedVersionAsync(scenario));
    }

    [Fact]
    public async Task Change_InOneEnvironment_LeavesTheOthers()
    {
        ExperimentScenario changed = await Api.CreateScenarioAsync("RUNNING");
        ExperimentScenario other = await Api.CreateScenarioAsync("RUNNING");

        await Api.MoveAsync(changed.ExperimentId, "PAUSED");

        Assert.Equal(1, await PublishedVersionAsync(other));
    }

    private static void AssertPublished(Answer answer)
    {
        answer.Expect(answer.Status == HttpStatusCode.Created ? HttpStatusCode.Created : HttpStatusCode.OK);
        Assert.Equal("true", answer.Header("x-publish-attempted"));
        Assert.Equal("true", answer.Header("x-publish-succeeded"));
        Assert.Null(answer.Header("x-publish-error"));
    }

    private static void AssertNotPublished(Answer answer)
    {
        answer.Expect(answer.Status == HttpStatusCode.Created ? HttpStatusCode.Created : HttpStatusCode.OK);
        Assert.Equal("false", answer.Header("x-publish-attempted"));
        Assert.Equal("false", answer.Header("x-publish-succeeded"));
        Assert.Null(answer.Header("x-publish-error"));
    }

    /// <summary>With a variant that has no buckets, where the request names one.</summary>
    private async Task<ExperimentScenario> CreateScenarioAsync(string status, string request)
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync("DRAFT", withAudience: true);
        if (request.Contains("{free}", StringComparison.Ordinal))
        {
            await Api.CreateVariantAsync(scenario.ExperimentId, "free");
        }

        foreach (string step in status switch { "RUNNING" => ["RUNNING"], "PAUSED" => new[] { "RUNNING", "PAUSED" }, _ => [] })
        {
            await Api.MoveAsync(scenario.ExperimentId, step);
        }

        return scenario;
    }

    private async Task<Answer> SendAsync(ExperimentScenario scenario, string request)
    {
        string filled = request.Trim()
            .Replace("{experiment}", scenario.Path, StringComparison.Ordinal)
            .Replace("{control}", scenario.ControlId, StringComparison.Ordinal)
            .Replace("{treatment}", scenario.TreatmentId, StringComparison.Ordinal)
            .Replace("{audience}", scenario.AudienceId, StringComparison.Ordinal)
            .Replace("{unique}", ApiClient.NewName("name"), StringComparison.Ordinal);
        if (filled.Contains("{free}", StringComparison.Ordinal))
        {
            JsonElement free = (await Api.GetAsync(scenario.Path))["variants"].EnumerateArray().Last();
            filled = filled.Replace("{free}", free.GetProperty("id").GetString(), StringComparison.Ordinal);
        }

        if (filled.Contains("{other}", StringComparison.Ordinal))
        {
            filled = filled.Replace("{other}", (await Api.CreateAudienceAsync(scenario.EnvironmentId)).Id, StringComparison.Ordinal);
        }

        string[] parts = filled.Split(' ', 3);
        return await Api.SendAsync(new HttpMethod(parts[0]), parts[1], parts.Length > 2 ? parts[2] : null);
    }

    private async Task<long> PublishedVersionAsync(ExperimentScenario scenario)
    {
        Answer pointer = await Api.GetAsync($"/configs/{scenario.EnvironmentName}/version.json");
        return pointer.Status == HttpStatusCode.NotFound ? 0 : pointer.Expect(HttpStatusCode.OK)["version"].GetInt64();
    }
}
