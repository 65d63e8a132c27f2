using Experiments.Control.Definitions;
using Experiments.Control.Operations;

namespace Experiments.Control.Transfer;

/// <summary>What only the whole plan can tell: shared keys, who serves an experiment, prerequisites and their cycles.</summary>
internal sealed class WholeChecks(PlannedState planned, DocumentPaths paths)
{
    public void Run()
    {
        CheckServed();
        CheckKeys();
        foreach (FlagDefinition flag in planned.Flags.All.Where(static flag => !flag.IsArchived))
        {
            for (int i = 0; i < flag.Rules.Count; i++)
            {
                Check(paths.Flags.GetValueOrDefault(flag.Key) is { } path ? $"{path}.rules[{i}]" : null, $"Flag \"{flag.Key}\"", flag.Rules[i].Prerequisites);
            }
        }

        foreach (ExperimentDefinition experiment in planned.Experiments.All.Where(static one => one.Status != ExperimentStatus.Archived))
        {
            Check(paths.Experiments.GetValueOrDefault(experiment.Key), $"Experiment \"{experiment.Key}\"", experiment.Prerequisites);
        }

        if (new PrerequisiteGraph(planned).FindCycle() is { } cycle)
        {
            string path = cycle.Select(key => paths.Flags.GetValueOrDefault(key) ?? paths.Experiments.GetValueOrDefault(key))
                .FirstOrDefault(static path => path is not null) ?? "prerequisites";
            throw TransferRefusedException.NotAllowed(path, $"prerequisites would make a cycle: {string.Join(" -> ", cycle)}.");
        }
    }

    private void CheckServed()
    {
        Dictionary<Guid, FlagDefinition> servedBy = [];
        foreach (FlagDefinition flag in planned.Flags.All.Where(static flag => !flag.IsArchived))
        {
            for (int i = 0; i < flag.Rules.Count; i++)
            {
                CheckServedVariants(flag, i);
                if (flag.Rules[i].ExperimentId is not { } id || servedBy.TryAdd(id, flag) || servedBy[id] == flag)
                {
                    continue;
                }

                FlagDefinition other = servedBy[id];
                string path = (paths.Flags.GetValueOrDefault(flag.Key) ?? paths.Flags.GetValueOrDefault(other.Key)) + $".rules[{i}].serve.experiment";
                throw TransferRefusedException.Conflict(
                    path, $"experiment \"{planned.Experiments.Find(id)?.Key}\" would be served by flags \"{other.Key}\" and \"{flag.Key}\".");
            }
        }
    }

    private void CheckServedVariants(FlagDefinition flag, int index)
    {
        if (flag.Rules[index].ExperimentId is { } id && planned.Experiments.Find(id) is { } experiment
            && (paths.Flags.GetValueOrDefault(flag.Key) ?? paths.Experiments.GetValueOrDefault(experiment.Key)) is { } path)
        {
            TransferRefusedException.ThrowIf(path, ServedVariants.FaultOf(flag, experiment));
        }
    }

    private void CheckKeys()
    {
        foreach (FlagDefinition flag in planned.Flags.All)
        {
            if (planned.Experiments.TryFind(flag.Key, out ExperimentDefinition? experiment) && flag.Rules.All(rule => rule.ExperimentId != experiment.Id)
                && (paths.Flags.GetValueOrDefault(flag.Key) ?? paths.Experiments.GetValueOrDefault(flag.Key)) is { } path)
            {
                throw TransferRefusedException.Conflict(
                    $"{path}.key", $"both a flag and an experiment would have key \"{flag.Key}\"; a flag may only with a rule that serves it.");
            }
        }
    }

    /// <param name="path">Null for what the document does not name.</param>
    /// <param name="owner">At the start of a sentence.</param>
    /// <param name="prerequisites">Of the owner.</param>
    private void Check(string? path, string owner, IReadOnlyList<PrerequisiteDefinition> prerequisites)
    {
        for (int i = 0; i < prerequisites.Count; i++)
        {
            PrerequisiteDefinition prerequisite = prerequisites[i];
            if (FaultOf(prerequisite) is not { } fault)
            {
                continue;
            }

            if (path is not null)
            {
                throw TransferRefusedException.Invalid($"{path}.prerequisites[{i}]{fault.Member}", fault.Text);
            }

            if (paths.Flags.GetValueOrDefault(prerequisite.FlagKey) is { } cause)
            {
                throw TransferRefusedException.Conflict(cause, $"{owner} has it as a prerequisite: {fault.Text}; change that first, or in the same document.");
            }

            if (planned.Flags.Find(prerequisite.FlagKey) is { } gone && !ReferenceEquals(gone, planned.Before.Flags.FirstOrDefault(one => one.Id == gone.Id)))
            {
                throw TransferRefusedException.Conflict(
                    "prune", $"{owner} has flag \"{prerequisite.FlagKey}\" as a prerequisite, which is not in the document.");
            }
        }
    }

    private (string Member, string Text)? FaultOf(PrerequisiteDefinition prerequisite)
    {
        if (prerequisite.Variants.Count == 0)
        {
            return (".variants", "must name at least one variant");
        }

        if (!planned.Flags.TryFind(prerequisite.FlagKey, out FlagDefinition? flag) || flag.IsArchived)
        {
            return (".flag", $"names \"{prerequisite.FlagKey}\", which is no flag of the document or the environment, or is archived");
        }

        return prerequisite.Variants.FirstOrDefault(variant => flag.Variants.All(own => own.Key != variant)) is { } unknown
            ? (".variants", $"names variant \"{unknown}\", which flag \"{flag.Key}\" does not have")
            : null;
    }
}
