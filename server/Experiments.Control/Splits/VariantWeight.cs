namespace Experiments.Control.Splits;

/// <summary>A variant's share of a split, relative to those of the others.</summary>
/// <param name="VariantId">Never decides an order.</param>
/// <param name="Weight">Positive.</param>
internal readonly record struct VariantWeight(Guid VariantId, long Weight);
