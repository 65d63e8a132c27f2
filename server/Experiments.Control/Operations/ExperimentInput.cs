using Experiments.Client.Targeting;

namespace Experiments.Control.Operations;

/// <summary>A new experiment.</summary>
internal sealed record ExperimentInput
{
    /// <summary>Unique in the environment; what code asks for.</summary>
    public required string Key { get; init; }

    public required string Name { get; init; }

    public required Guid EnvironmentId { get; init; }

    public string? Description { get; init; }

    public Guid? AudienceId { get; init; }

    public TargetingRuleDocument[] TargetingRules { get; init; } = [];

    public IReadOnlyList<string> Tags { get; init; } = [];
}
