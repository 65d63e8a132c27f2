namespace Experiments.Control.Definitions;

/// <summary>A variant's part of a split, relative to the others'.</summary>
internal sealed record WeightDefinition
{
    public required Guid VariantId { get; init; }

    public required long Weight { get; init; }
}
