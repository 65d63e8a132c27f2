namespace Experiments.Control.Definitions;

/// <summary>Another flag of the environment has to serve one of these variants.</summary>
internal sealed record PrerequisiteDefinition
{
    public required string FlagKey { get; init; }

    /// <summary>Keys of that flag's variants; at least one.</summary>
    public required IReadOnlyList<string> Variants { get; init; }

    public bool Equals(PrerequisiteDefinition? other) =>
        other is not null && FlagKey == other.FlagKey && Variants.SequenceEqual(other.Variants, StringComparer.Ordinal);

    public override int GetHashCode() => HashCode.Combine(FlagKey, Variants.Count);
}
