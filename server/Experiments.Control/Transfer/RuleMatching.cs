using Experiments.Control.Definitions;

namespace Experiments.Control.Transfer;

/// <summary>Which stored rule each rule of a document is: rules have no key, and one that is the same keeps its id and its buckets.</summary>
internal static class RuleMatching
{
    /// <summary>The surest first: the same content, the same salt, the same name, the same place.</summary>
    public static FlagRuleDefinition?[] Match(StateExport export, FlagDefinition? stored, IReadOnlyList<FlagRuleEntry> entries)
    {
        var matches = new FlagRuleDefinition?[entries.Count];
        if (stored is null)
        {
            return matches;
        }

        Dictionary<Guid, string> keys = stored.Variants.ToDictionary(static one => one.Id, static one => one.Key);
        List<(FlagRuleDefinition Rule, FlagRuleEntry Entry)> left = [.. stored.Rules.Select(rule => (rule, export.Of(rule, keys)))];
        Take(matches, entries, left, static (rule, entry) => DocumentJson.AreSame(rule, entry, TransferJsonContext.Compact.FlagRuleEntry));
        Take(matches, entries, left, static (rule, entry) => entry.Serve.Split?.Salt is { } salt && rule.Serve.Split?.Salt == salt);
        Take(matches, entries, left, static (rule, entry) => entry.Name is { } name && rule.Name == name);
        for (int i = 0; i < entries.Count && i < stored.Rules.Count; i++)
        {
            int index = left.FindIndex(one => one.Rule.Id == stored.Rules[i].Id);
            if (matches[i] is null && index >= 0)
            {
                matches[i] = left[index].Rule;
                left.RemoveAt(index);
            }
        }

        return matches;
    }

    private static void Take(
        FlagRuleDefinition?[] matches,
        IReadOnlyList<FlagRuleEntry> entries,
        List<(FlagRuleDefinition Rule, FlagRuleEntry Entry)> left,
        Func<FlagRuleEntry, FlagRuleEntry, bool> isSame)
    {
        for (int i = 0; i < entries.Count && left.Count > 0; i++)
        {
            int index = matches[i] is null ? left.FindIndex(one => isSame(one.Entry, entries[i])) : -1;
            if (index >= 0)
            {
                matches[i] = left[index].Rule;
                left.RemoveAt(index);
            }
        }
    }
}
