namespace Experiments.Control.Operations;

/// <summary>Names a variant.</summary>
internal sealed record VariantReference(Guid Id);
