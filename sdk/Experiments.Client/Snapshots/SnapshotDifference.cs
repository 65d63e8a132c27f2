namespace Experiments.Client.Snapshots;

/// <summary>Which keys may be decided differently by another snapshot.</summary>
internal static class SnapshotDifference
{
    /// <returns>In ordinal order.</returns>
    public static string[] ChangedKeys(CompiledSnapshot? before, CompiledSnapshot after)
    {
        if (before is null)
        {
            return [.. after.FlagByKey.Keys.Order(StringComparer.Ordinal)];
        }

        HashSet<string> changedParts = ChangedDefinitions(before, after);
        var changed = new SortedSet<string>(StringComparer.Ordinal);
        foreach (string key in after.FlagByKey.Keys)
        {
            if (!before.FlagByKey.TryGetValue(key, out int held)
                || before.Flags[held].Fingerprint != after.Flags[after.FlagByKey[key]].Fingerprint
                || changedParts.Contains(Definition.OfFlag(key)))
            {
                changed.Add(key);
            }
        }

        changed.UnionWith(before.FlagByKey.Keys.Where(key => !after.FlagByKey.ContainsKey(key)));
        return [.. changed];
    }

    /// <summary>Parts whose text has changed, and all that depend on them, however far.</summary>
    private static HashSet<string> ChangedDefinitions(CompiledSnapshot before, CompiledSnapshot after)
    {
        var dependents = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        var changed = new HashSet<string>(StringComparer.Ordinal);
        var pending = new Stack<string>();
        foreach ((string name, Definition definition) in after.Definitions)
        {
            if (!before.Definitions.TryGetValue(name, out Definition held) || held.Fingerprint != definition.Fingerprint)
            {
                Add(name);
            }

            foreach (string other in definition.DependsOn)
            {
                if (!dependents.TryGetValue(other, out List<string>? list))
                {
                    dependents.Add(other, list = []);
                }

                list.Add(name);
            }
        }

        foreach (string name in before.Definitions.Keys.Where(name => !after.Definitions.ContainsKey(name)))
        {
            Add(name);
        }

        while (pending.TryPop(out string? name))
        {
            foreach (string dependent in dependents.GetValueOrDefault(name) ?? [])
            {
                Add(dependent);
            }
        }

        return changed;

        void Add(string name)
        {
            if (changed.Add(name))
            {
                pending.Push(name);
            }
        }
    }
}
