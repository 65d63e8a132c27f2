namespace Experiments.Control.Differences;

/// <summary>What the parts of a flag or experiment need to be compared and named.</summary>
/// <param name="Contents">For the ids of other resources.</param>
/// <param name="Before">Variants before.</param>
/// <param name="After">Variants after.</param>
/// <param name="IsSameVariant">Whether a variant's id before and one after are the same variant.</param>
internal sealed record PartContext(ContentPair Contents, VariantNames Before, VariantNames After, Func<Guid?, Guid?, bool> IsSameVariant);
