namespace Experiments.Control.Operations;

/// <summary>Which variant to change, and what about it.</summary>
internal sealed record VariantUpdate : VariantChange
{
    public required Guid Id { get; init; }
}
