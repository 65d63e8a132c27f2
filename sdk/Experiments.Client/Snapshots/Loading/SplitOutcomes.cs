namespace Experiments.Client.Snapshots.Loading;

/// <summary>The decisions of one split: one for each variant, however many ranges lead to it.</summary>
internal sealed class SplitOutcomes(FlagScope scope, DecisionOrigin rule, DecisionReason reason, CodeEmitter code)
{
    private readonly Dictionary<string, int> _labels = new(StringComparer.Ordinal);
    private int? _noneLabel;

    public int VariantCount => scope.VariantCount;

    public int LabelOf(string? variantKey)
    {
        if (variantKey is null)
        {
            return _noneLabel ??= Add(null);
        }

        if (!_labels.TryGetValue(variantKey, out int label))
        {
            label = Add(variantKey);
            _labels.Add(variantKey, label);
        }

        return label;
    }

    /// <summary>Labels by the value of a sticky entry; a value that names no variant of the flag is not among them.</summary>
    /// <param name="keys">Variants by value; null where the value is the variant.</param>
    public Dictionary<string, int> Targets(Dictionary<string, string?>? keys)
    {
        var targets = new Dictionary<string, int>(StringComparer.Ordinal);
        IEnumerable<KeyValuePair<string, string?>> pairs = keys ?? (IEnumerable<KeyValuePair<string, string?>>)scope.VariantKeys
            .Select(static key => new KeyValuePair<string, string?>(key, key));
        foreach ((string value, string? variantKey) in pairs)
        {
            if (scope.Find(variantKey) is not null)
            {
                targets.Add(value, LabelOf(variantKey));
            }
        }

        return targets;
    }

    private int Add(string? variantKey) => code.EndLabel(scope.AddOutcome(variantKey, reason, rule, isFromSplit: true));
}
