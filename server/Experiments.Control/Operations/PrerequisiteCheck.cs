using Experiments.Control.Definitions;
using Experiments.Control.Storage;

namespace Experiments.Control.Operations;

/// <summary>Which prerequisites make sense: those of flags that are there, have the variants, and do not depend on the flag itself.</summary>
internal sealed class PrerequisiteCheck(IStoreReader reader, Guid environmentId)
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    /// <param name="path">Of the list in the request.</param>
    /// <param name="key">Of the flag or experiment that is to have them.</param>
    /// <param name="prerequisites">The list.</param>
    public async ValueTask<DomainError?> FindFaultAsync(string path, string key, IReadOnlyList<PrerequisiteDefinition> prerequisites)
    {
        for (int i = 0; i < prerequisites.Count; i++)
        {
            PrerequisiteDefinition prerequisite = prerequisites[i];
            if (prerequisite.Variants.Count == 0)
            {
                return Errors.Invalid($"{path}[{i}].variants", "must name at least one variant");
            }

            if (prerequisite.FlagKey == key)
            {
                return Errors.Invalid($"{path}[{i}].flag", $"is the flag itself: {key} -> {key}");
            }

            if (await reader.FindAsync<FlagDefinition>(environmentId, prerequisite.FlagKey) is not { IsArchived: false } flag)
            {
                return Errors.Invalid($"{path}[{i}].flag", $"names \"{prerequisite.FlagKey}\", which is no flag of the environment");
            }

            if (prerequisite.Variants.FirstOrDefault(variant => flag.Variants.All(own => own.Key != variant)) is { } unknown)
            {
                return Errors.Invalid($"{path}[{i}].variants", $"names variant \"{unknown}\", which flag \"{flag.Key}\" does not have");
            }

            if (await FindPathAsync(flag, key, [key, flag.Key]) is { } cycle)
            {
                return new DomainError(DomainErrorCode.NotAllowed, $"{path}[{i}] would make a cycle: {string.Join(" -> ", cycle)}.");
            }
        }

        return null;
    }

    /// <summary>From a flag to the key, through prerequisites; null where no way leads there.</summary>
    private async ValueTask<List<string>?> FindPathAsync(FlagDefinition start, string key, List<string> startPath)
    {
        // Not by recursion: a chain may be as long as the environment has flags.
        var pending = new Stack<(FlagDefinition Flag, List<string> Path)>([(start, startPath)]);
        while (pending.TryPop(out (FlagDefinition Flag, List<string> Path) next))
        {
            if (!_seen.Add(next.Flag.Key))
            {
                continue;
            }

            foreach (string needed in next.Flag.Rules.SelectMany(static rule => rule.Prerequisites)
                .Select(static prerequisite => prerequisite.FlagKey).Distinct(StringComparer.Ordinal))
            {
                List<string> path = [.. next.Path, needed];
                if (needed == key)
                {
                    return path;
                }

                if (await reader.FindAsync<FlagDefinition>(environmentId, needed) is { } flag)
                {
                    pending.Push((flag, path));
                }
            }
        }

        return null;
    }
}
