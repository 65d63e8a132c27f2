namespace Experiments.Control.Definitions;

/// <summary>Another flag of the environment has to serve one of these variants.</summary>
internal sealed record PrerequisiteDefinition
{
    public required string FlagKey { get; init; }

    /// <summary>Keys of that flag's variants; at least one.</summary>
    public required IReadOnlyList<string> Variants { get; init; }
}
