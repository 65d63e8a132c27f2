using System.Net;

namespace Experiments.Control.Tests.Support;

/// <summary>What most tests start from.</summary>
internal sealed partial class ApiClient
{
    public static string NewName(string start) => $"{start}-{Guid.NewGuid():N}";

    public async Task<Answer> CreateEnvironmentAsync(string? name = null) =>
        (await PostAsync("/environments", new { name = name ?? NewName("env") })).Expect(HttpStatusCode.Created);

    public async Task<Answer> CreateAudienceAsync(string environmentId, object? rules = null, string? name = null) =>
        (await PostAsync("/audiences", new { name = name ?? NewName("audience"), environmentId, rules = rules ?? Rules.Country("US") }))
            .Expect(HttpStatusCode.Created);

    public async Task<Answer> CreateExperimentAsync(
        string environmentId, string? key = null, string? audienceId = null, object? targetingRules = null) =>
        (await PostAsync(
            "/experiments",
            new
            {
                key = key ?? NewName("key"),
                name = "Name",
                environmentId,
                audienceId,
                targetingRules = targetingRules ?? Array.Empty<object>(),
            }))
            .Expect(HttpStatusCode.Created);

    public async Task<Answer> CreateVariantAsync(string experimentId, string key, object? payload = null) =>
        (await PostAsync($"/experiments/{experimentId}/variants", new { key, name = $"Name of {key}", payload }))
            .Expect(HttpStatusCode.Created);

    public async Task<Answer> AllocateAsync(string experimentId, params (string VariantId, int Start, int End)[] ranges) =>
        (await PutAsync(
            $"/experiments/{experimentId}/allocations",
            new
            {
                allocations = ranges.Select(range => new { variantId = range.VariantId, rangeStart = range.Start, rangeEnd = range.End }),
            }))
            .Expect(HttpStatusCode.OK);

    public async Task<Answer> MoveAsync(string experimentId, string status) =>
        (await PatchAsync($"/experiments/{experimentId}/status", new { status })).Expect(HttpStatusCode.OK);

    /// <summary>An experiment with two variants, each of which has half of the buckets, in an environment of its own.</summary>
    public async Task<ExperimentScenario> CreateScenarioAsync(string status = "DRAFT", bool withAudience = false)
    {
        Answer environment = await CreateEnvironmentAsync();
        string? audienceId = withAudience ? (await CreateAudienceAsync(environment.Id)).Id : null;
        Answer experiment = await CreateExperimentAsync(environment.Id, audienceId: audienceId);
        string control = (await CreateVariantAsync(experiment.Id, "control")).Id;
        string treatment = (await CreateVariantAsync(experiment.Id, "treatment", new { color = "blue" })).Id;
        await AllocateAsync(experiment.Id, (control, 0, 4999), (treatment, 5000, 9999));
        foreach (string step in StepsTo(status))
        {
            await MoveAsync(experiment.Id, step);
        }

        return new ExperimentScenario
        {
            EnvironmentId = environment.Id,
            EnvironmentName = environment["name"].GetString()!,
            AudienceId = audienceId,
            ExperimentId = experiment.Id,
            Key = experiment["key"].GetString()!,
            ControlId = control,
            TreatmentId = treatment,
        };
    }

    private static string[] StepsTo(string status) => status switch
    {
        "RUNNING" => ["RUNNING"],
        "PAUSED" => ["RUNNING", "PAUSED"],
        "ARCHIVED" => ["ARCHIVED"],
        _ => [],
    };
}
