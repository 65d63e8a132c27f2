using Experiments.Client.Targeting;
using Experiments.Control.Definitions;

namespace Experiments.Control.Operations;

/// <summary>A rule of a flag.</summary>
internal sealed record FlagRuleInput
{
    /// <summary>Of a rule that is there already: it keeps its buckets. Null is a new rule.</summary>
    public Guid? Id { get; init; }

    public string? Name { get; init; }

    public Guid? AudienceId { get; init; }

    public TargetingRuleDocument[] TargetingRules { get; init; } = [];

    public ScheduleDefinition? Schedule { get; init; }

    public IReadOnlyList<PrerequisiteDefinition> Prerequisites { get; init; } = [];

    public required ServeInput Serve { get; init; }
}
