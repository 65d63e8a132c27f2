using Experiments.Client.Targeting;

namespace Experiments.Control.Transfer;

/// <summary>A rule of a flag in a document.</summary>
internal sealed record FlagRuleEntry
{
    public string? Name { get; init; }

    /// <summary>Name of the audience.</summary>
    public string? Audience { get; init; }

    public TargetingRuleDocument[]? TargetingRules { get; init; }

    public ScheduleEntry? Schedule { get; init; }

    public IReadOnlyList<PrerequisiteEntry>? Prerequisites { get; init; }

    public required ServeEntry Serve { get; init; }
}
