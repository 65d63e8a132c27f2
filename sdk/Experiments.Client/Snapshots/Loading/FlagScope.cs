namespace Experiments.Client.Snapshots.Loading;

/// <summary>The flag that is being read, and the decisions that its rules come to.</summary>
internal sealed class FlagScope(string key, long version, Dictionary<string, DecisionVariant> variants, OutcomeBuilder outcomes)
{
    public string Key => key;

    public int VariantCount => variants.Count;

    public IEnumerable<string> VariantKeys => variants.Keys;

    /// <summary>The variant of this key; null where there is none, which keeps its place.</summary>
    public DecisionVariant? Find(string? variantKey) =>
        variantKey is null ? null : variants.GetValueOrDefault(variantKey);

    public int AddOutcome(string? variantKey, DecisionReason reason, DecisionRule? rule = null, bool isFromSplit = false) =>
        outcomes.Add(new Decision(reason, version)
        {
            Key = key,
            Variant = Find(variantKey),
            Rule = rule,
            IsFromSplit = isFromSplit,
        });
}
