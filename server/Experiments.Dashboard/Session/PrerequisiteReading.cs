using Experiments.Control.Definitions;
using Experiments.Control.Storage;
using Experiments.Dashboard.Models;

namespace Experiments.Dashboard.Session;

/// <summary>Follows prerequisites in both directions, as far as a drawing shows them.</summary>
internal sealed class PrerequisiteReading(IDefinitionStore store)
{
    private const int Depth = 2;

    // Of the first step, and of each node of the second one.
    private static readonly int[] s_shown = [6, 3];

    public Task<PrerequisiteTree> ReadAsync(FlagDefinition flag) => store.ReadAsync(async reader =>
    {
        var walk = new Walk(reader, flag.EnvironmentId);
        (IReadOnlyList<PrerequisiteNode> needs, int moreNeeds) = await walk.NeedsOfAsync(flag, 0);
        (IReadOnlyList<PrerequisiteNode> neededBy, int moreNeededBy) = await walk.DependentsOfAsync(flag, 0);
        return new PrerequisiteTree(flag.Key, PrerequisiteWords.StateOf(flag), needs, moreNeeds, neededBy, moreNeededBy);
    });

    public Task<PrerequisiteTree> ReadAsync(ExperimentDefinition experiment) => store.ReadAsync(async reader =>
    {
        var walk = new Walk(reader, experiment.EnvironmentId);
        (IReadOnlyList<PrerequisiteNode> needs, int moreNeeds) = await walk.NeedsOfAsync(experiment.Prerequisites, [], 0);
        (IReadOnlyList<PrerequisiteNode> neededBy, int moreNeededBy) = await walk.ServersOfAsync(experiment, 0);
        return new PrerequisiteTree(experiment.Key, PrerequisiteWords.StateOf(experiment), needs, moreNeeds, neededBy, moreNeededBy);
    });

    private sealed class Walk(IStoreReader reader, Guid environmentId)
    {
        public async ValueTask<(IReadOnlyList<PrerequisiteNode> Nodes, int More)> NeedsOfAsync(FlagDefinition flag, int depth)
        {
            if (depth == Depth)
            {
                return ([], 0);
            }

            List<ExperimentDefinition> served = [];
            foreach (Guid id in flag.Rules.Select(static rule => rule.ExperimentId).OfType<Guid>().Distinct())
            {
                if (await reader.FindAsync<ExperimentDefinition>(id) is { Prerequisites.Count: > 0 } experiment)
                {
                    served.Add(experiment);
                }
            }

            return await NeedsOfAsync([.. flag.Rules.SelectMany(static rule => rule.Prerequisites)], served, depth);
        }

        /// <param name="prerequisites">Of it.</param>
        /// <param name="served">Experiments that it serves, which need something too.</param>
        /// <param name="depth">Steps that were made.</param>
        public async ValueTask<(IReadOnlyList<PrerequisiteNode> Nodes, int More)> NeedsOfAsync(
            IReadOnlyList<PrerequisiteDefinition> prerequisites, List<ExperimentDefinition> served, int depth)
        {
            if (depth == Depth)
            {
                return ([], 0);
            }

            string[] keys = [.. prerequisites.Select(static one => one.FlagKey).Distinct(StringComparer.Ordinal)];
            List<PrerequisiteNode> nodes = [];
            foreach (string key in keys.Take(s_shown[depth]))
            {
                string edge = PrerequisiteWords.EdgeOf(prerequisites, key);
                if (await reader.FindAsync<FlagDefinition>(environmentId, key) is not { } flag)
                {
                    nodes.Add(new PrerequisiteNode(key, null, "missing", edge, [], 0));
                    continue;
                }

                (IReadOnlyList<PrerequisiteNode> next, int more) = await NeedsOfAsync(flag, depth + 1);
                nodes.Add(new PrerequisiteNode(key, $"/flags/{flag.Id}", PrerequisiteWords.StateOf(flag), edge, next, more));
            }

            foreach (ExperimentDefinition experiment in served.Take(s_shown[depth] - nodes.Count))
            {
                (IReadOnlyList<PrerequisiteNode> next, int more) = await NeedsOfAsync(experiment.Prerequisites, [], depth + 1);
                nodes.Add(NodeOf(experiment, PrerequisiteWords.Serves, next, more));
            }

            return (nodes, keys.Length + served.Count - nodes.Count);
        }

        public async ValueTask<(IReadOnlyList<PrerequisiteNode> Nodes, int More)> DependentsOfAsync(FlagDefinition flag, int depth)
        {
            if (depth == Depth)
            {
                return ([], 0);
            }

            IReadOnlyList<FlagDefinition> flags = await reader.GetFlagsNamingAsync(environmentId, flag.Key);
            IReadOnlyList<ExperimentDefinition> experiments = await reader.GetExperimentsNamingAsync(environmentId, flag.Key);
            List<PrerequisiteNode> nodes = [];
            foreach (FlagDefinition dependent in flags.Take(s_shown[depth]))
            {
                (IReadOnlyList<PrerequisiteNode> next, int more) = await DependentsOfAsync(dependent, depth + 1);
                nodes.Add(NodeOf(dependent, PrerequisiteWords.EdgeOf(dependent.Rules.SelectMany(static rule => rule.Prerequisites), flag.Key), next, more));
            }

            foreach (ExperimentDefinition dependent in experiments.Take(s_shown[depth] - nodes.Count))
            {
                (IReadOnlyList<PrerequisiteNode> next, int more) = await ServersOfAsync(dependent, depth + 1);
                nodes.Add(NodeOf(dependent, PrerequisiteWords.EdgeOf(dependent.Prerequisites, flag.Key), next, more));
            }

            return (nodes, flags.Count + experiments.Count - nodes.Count);
        }

        /// <summary>Nothing can ask for an experiment but the flag that serves it.</summary>
        public async ValueTask<(IReadOnlyList<PrerequisiteNode> Nodes, int More)> ServersOfAsync(ExperimentDefinition experiment, int depth)
        {
            if (depth == Depth)
            {
                return ([], 0);
            }

            IReadOnlyList<FlagDefinition> flags = await reader.GetFlagsNamingAsync(experiment.Id);
            List<PrerequisiteNode> nodes = [];
            foreach (FlagDefinition server in flags.Take(s_shown[depth]))
            {
                (IReadOnlyList<PrerequisiteNode> next, int more) = await DependentsOfAsync(server, depth + 1);
                nodes.Add(NodeOf(server, PrerequisiteWords.Serves, next, more));
            }

            return (nodes, flags.Count - nodes.Count);
        }

        private static PrerequisiteNode NodeOf(FlagDefinition flag, string edge, IReadOnlyList<PrerequisiteNode> next, int more) =>
            new(flag.Key, $"/flags/{flag.Id}", PrerequisiteWords.StateOf(flag), edge, next, more);

        private static PrerequisiteNode NodeOf(ExperimentDefinition experiment, string edge, IReadOnlyList<PrerequisiteNode> next, int more) =>
            new(experiment.Key, $"/experiments/{experiment.Id}", PrerequisiteWords.StateOf(experiment), edge, next, more);
    }
}
