using Experiments.Control.Definitions;

namespace Experiments.Control.Transfer;

/// <summary>Which keys depend on which flags. Each key is looked at once, however long the chains are.</summary>
internal sealed class PrerequisiteGraph
{
    private readonly Dictionary<string, string[]> _needed = new(StringComparer.Ordinal);

    public PrerequisiteGraph(PlannedState planned)
    {
        foreach (FlagDefinition flag in planned.Flags.All.Where(static flag => !flag.IsArchived))
        {
            Add(flag.Key, flag.Rules.SelectMany(static rule => rule.Prerequisites).Concat(
                flag.Rules.SelectMany(rule => rule.ExperimentId is { } id ? planned.Experiments.Find(id)?.Prerequisites ?? [] : [])));
        }

        foreach (ExperimentDefinition experiment in planned.Experiments.All.Where(static one => one.Status != ExperimentStatus.Archived))
        {
            Add(experiment.Key, experiment.Prerequisites);
        }
    }

    /// <summary>Starts and ends with the same key; null where there is none.</summary>
    public IReadOnlyList<string>? FindCycle()
    {
        HashSet<string> done = new(StringComparer.Ordinal);
        foreach (string start in _needed.Keys)
        {
            if (FindCycle(start, done) is { } cycle)
            {
                return cycle;
            }
        }

        return null;
    }

    // Not by recursion: a chain may be as long as the environment has flags.
    private List<string>? FindCycle(string start, HashSet<string> done)
    {
        List<(string Key, int Next)> path = [];
        HashSet<string> onPath = new(StringComparer.Ordinal);
        Enter(start);
        while (path.Count > 0)
        {
            (string key, int next) = path[^1];
            string[] needed = _needed.GetValueOrDefault(key) ?? [];
            if (next == needed.Length)
            {
                path.RemoveAt(path.Count - 1);
                onPath.Remove(key);
                continue;
            }

            path[^1] = (key, next + 1);
            if (onPath.Contains(needed[next]))
            {
                return [.. path.Select(static step => step.Key).SkipWhile(step => step != needed[next]), needed[next]];
            }

            Enter(needed[next]);
        }

        return null;

        void Enter(string key)
        {
            if (done.Add(key))
            {
                path.Add((key, 0));
                onPath.Add(key);
            }
        }
    }

    private void Add(string key, IEnumerable<PrerequisiteDefinition> prerequisites) => _needed[key] =
        [.. (_needed.GetValueOrDefault(key) ?? []).Concat(prerequisites.Select(static one => one.FlagKey)).Distinct(StringComparer.Ordinal)];
}
