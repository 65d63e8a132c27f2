using Experiments.Control.Definitions;
using Experiments.Control.Storage;

namespace Experiments.Control.Operations;

/// <summary>Which prerequisites make sense: those of flags that are there, have the variants, and do not depend on the flag itself.</summary>
/// <remarks>A flag depends on the prerequisites of its rules, and on those of the experiments that its rules serve.</remarks>
internal sealed class PrerequisiteCheck(IStoreReader reader, Guid environmentId)
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    /// <param name="path">Of the list in the request.</param>
    /// <param name="key">Of the flag that is to have them; null for an experiment that no flag serves: nothing can depend on one.</param>
    /// <param name="prerequisites">The list.</param>
    public async ValueTask<DomainError?> FindFaultAsync(string path, string? key, IReadOnlyList<PrerequisiteDefinition> prerequisites)
    {
        for (int i = 0; i < prerequisites.Count; i++)
        {
            PrerequisiteDefinition prerequisite = prerequisites[i];
            if (prerequisite.Variants.Count == 0)
            {
                return Errors.Invalid($"{path}[{i}].variants", "must name at least one variant");
            }

            if (prerequisite.FlagKey != key
                && await reader.FindAsync<FlagDefinition>(environmentId, prerequisite.FlagKey) is var flag)
            {
                if (flag is not { IsArchived: false })
                {
                    return Errors.Invalid($"{path}[{i}].flag", $"names \"{prerequisite.FlagKey}\", which is no flag of the environment");
                }

                if (prerequisite.Variants.FirstOrDefault(variant => flag.Variants.All(own => own.Key != variant)) is { } unknown)
                {
                    return Errors.Invalid($"{path}[{i}].variants", $"names variant \"{unknown}\", which flag \"{flag.Key}\" does not have");
                }
            }

            if (await FindCycleAsync($"{path}[{i}]", key, [prerequisite]) is { } cycle)
            {
                return cycle;
            }
        }

        return null;
    }

    /// <summary>Whether what a flag is to depend on depends on the flag.</summary>
    /// <param name="path">Of what names them in the request.</param>
    /// <param name="key">Of the flag; null for what is no flag.</param>
    /// <param name="prerequisites">Known to make sense otherwise.</param>
    public async ValueTask<DomainError?> FindCycleAsync(string path, string? key, IReadOnlyList<PrerequisiteDefinition> prerequisites)
    {
        foreach (string needed in prerequisites.Select(static prerequisite => prerequisite.FlagKey))
        {
            if (key is not null && await FindPathAsync(needed, key) is { } cycle)
            {
                return new DomainError(DomainErrorCode.NotAllowed, $"{path} would make a cycle: {key} -> {string.Join(" -> ", cycle)}.");
            }
        }

        return null;
    }

    /// <summary>From one flag to another, both included, through what each depends on; null where no way leads there.</summary>
    private async ValueTask<List<string>?> FindPathAsync(string start, string end)
    {
        // Not by recursion, and without a copy of the way at each step: a chain may be as long as the environment has flags.
        var neededBy = new Dictionary<string, string>(StringComparer.Ordinal);
        var pending = new Stack<string>([start]);
        while (pending.TryPop(out string? key))
        {
            if (key == end)
            {
                return WayTo(key, neededBy);
            }

            if (_seen.Add(key) && await reader.FindAsync<FlagDefinition>(environmentId, key) is { } flag)
            {
                foreach (string needed in (await NeededByAsync(flag)).Where(needed => needed != start && neededBy.TryAdd(needed, key)))
                {
                    pending.Push(needed);
                }
            }
        }

        return null;
    }

    private static List<string> WayTo(string last, Dictionary<string, string> neededBy)
    {
        List<string> way = [last];
        while (neededBy.TryGetValue(way[^1], out string? before))
        {
            way.Add(before);
        }

        way.Reverse();
        return way;
    }

    private async ValueTask<HashSet<string>> NeededByAsync(FlagDefinition flag)
    {
        HashSet<string> needed = new(StringComparer.Ordinal);
        foreach (FlagRuleDefinition rule in flag.Rules)
        {
            needed.UnionWith(rule.Prerequisites.Select(static prerequisite => prerequisite.FlagKey));
            if (rule.ExperimentId is { } id && await reader.FindAsync<ExperimentDefinition>(id) is { } served)
            {
                needed.UnionWith(served.Prerequisites.Select(static prerequisite => prerequisite.FlagKey));
            }
        }

        return needed;
    }
}
