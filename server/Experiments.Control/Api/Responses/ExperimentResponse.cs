using System.Text.Json.Serialization;
using Experiments.Client.Targeting;
using Experiments.Control.Definitions;
using Experiments.Control.Operations;

namespace Experiments.Control.Api.Responses;

/// <summary>An experiment in answers: what is absent is null, never left out.</summary>
internal sealed record ExperimentResponse : IRevisioned
{
    public required Guid Id { get; init; }

    public required string Key { get; init; }

    public required string Name { get; init; }

    public required string? Description { get; init; }

    public required string Salt { get; init; }

    /// <summary>DRAFT, RUNNING, PAUSED or ARCHIVED.</summary>
    public required string Status { get; init; }

    public required Guid EnvironmentId { get; init; }

    public required EnvironmentResponse Environment { get; init; }

    public required Guid? AudienceId { get; init; }

    public required AudienceResponse? Audience { get; init; }

    public required TargetingRuleDocument[] TargetingRules { get; init; }

    public required IReadOnlyList<VariantResponse> Variants { get; init; }

    public required IReadOnlyList<AllocationResponse> Allocations { get; init; }

    /// <summary>What the allocations are derived from; left out, like what follows, where there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SplitResponse? Split { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Unit { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ScheduleResponse? Schedule { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<PrerequisiteResponse>? Prerequisites { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ExperimentOverrideResponse>? Overrides { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Tags { get; init; }

    [JsonIgnore]
    public long Revision { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public static ExperimentResponse From(ExperimentView view)
    {
        ExperimentDefinition experiment = view.Experiment;
        return new ExperimentResponse
        {
            Id = experiment.Id,
            Key = experiment.Key,
            Name = experiment.Name,
            Description = experiment.Description,
            Salt = experiment.Salt,
            Status = ExperimentLifecycle.NameOf(experiment.Status),
            EnvironmentId = experiment.EnvironmentId,
            Environment = EnvironmentResponse.From(view.Environment),
            AudienceId = experiment.AudienceId,
            Audience = view.Audience is { } audience ? AudienceResponse.From(new AudienceView(audience, view.Environment)) : null,
            TargetingRules = experiment.TargetingRules,
            Variants = VariantsOf(experiment),
            Allocations = AllocationsOf(experiment),
            Split = SplitResponse.From(experiment.Split),
            Unit = experiment.Unit,
            Schedule = ScheduleResponse.Of(experiment.Schedule),
            Prerequisites = experiment.Prerequisites.Count == 0 ? null : PrerequisiteResponse.From(experiment.Prerequisites),
            Overrides = experiment.Overrides.Count == 0
                ? null
                : [.. experiment.Overrides.Select(static one => new ExperimentOverrideResponse(one.UserKey, one.VariantId))],
            Tags = experiment.Tags.Count == 0 ? null : experiment.Tags,
            Revision = experiment.Revision,
            CreatedAt = experiment.CreatedAt,
            UpdatedAt = experiment.UpdatedAt,
        };
    }

    public static IReadOnlyList<VariantResponse> VariantsOf(ExperimentDefinition experiment) =>
        [.. experiment.Variants.Select(variant => VariantResponse.From(variant, experiment.Id))];

    public static IReadOnlyList<AllocationResponse> AllocationsOf(ExperimentDefinition experiment) =>
        [.. experiment.Allocations.Select(allocation => AllocationResponse.From(allocation, experiment.Id))];
}
