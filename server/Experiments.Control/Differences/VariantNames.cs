using Experiments.Control.Definitions;

namespace Experiments.Control.Differences;

/// <summary>The variants of one flag or experiment by their ids.</summary>
internal sealed class VariantNames
{
    private readonly Dictionary<Guid, string> _keys = [];

    public VariantNames(FlagDefinition flag)
    {
        foreach (FlagVariantDefinition variant in flag.Variants)
        {
            _keys[variant.Id] = variant.Key;
        }
    }

    public VariantNames(ExperimentDefinition experiment)
    {
        foreach (VariantDefinition variant in experiment.Variants)
        {
            _keys[variant.Id] = variant.Key;
        }
    }

    /// <summary>The key; the id itself where there is no such variant.</summary>
    public string KeyOf(Guid id) => _keys.TryGetValue(id, out string? key) ? key : id.ToString();

    /// <summary>In quotes; nothing set is what the caller falls back to.</summary>
    public string TextOf(Guid? id) => id is { } set ? TextList.Quote(KeyOf(set)) : "the caller's fallback";
}
