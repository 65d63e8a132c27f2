namespace Experiments.Control.Splits;

/// <summary>Neighbouring buckets that get one variant.</summary>
internal readonly record struct VariantRange(Guid VariantId, BucketRange Buckets);
