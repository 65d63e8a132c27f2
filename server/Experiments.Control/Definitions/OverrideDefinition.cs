namespace Experiments.Control.Definitions;

/// <summary>A variant set by hand for one user.</summary>
internal sealed record OverrideDefinition
{
    public required string UserKey { get; init; }

    public required Guid VariantId { get; init; }
}
