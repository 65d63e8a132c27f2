namespace Experiments.Client.Snapshots.Loading;

/// <summary>The flag that is being read, and the decisions that its rules come to.</summary>
internal sealed class FlagScope(DecisionOrigin origin, Dictionary<string, DecisionVariant> variants, OutcomeBuilder outcomes)
{
    /// <summary>What decisions share that no rule has something to say about.</summary>
    public DecisionOrigin Origin => origin;

    public int VariantCount => variants.Count;

    public IEnumerable<string> VariantKeys => variants.Keys;

    /// <summary>The variant of this key; null where there is none, which keeps its place.</summary>
    public DecisionVariant? Find(string? variantKey) =>
        variantKey is null ? null : variants.GetValueOrDefault(variantKey);

    /// <param name="variantKey">Null where it serves none.</param>
    /// <param name="reason">Of the decision.</param>
    /// <param name="rule">What the decisions of the rule share; null where no rule decides.</param>
    /// <param name="isFromSplit">Whether a split decides.</param>
    public int AddOutcome(string? variantKey, DecisionReason reason, DecisionOrigin? rule = null, bool isFromSplit = false) =>
        outcomes.Add(new Decision(rule ?? origin, reason)
        {
            Variant = Find(variantKey),
            IsFromSplit = isFromSplit,
        });
}
