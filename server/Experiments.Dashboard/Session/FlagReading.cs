using Experiments.Control.Definitions;
using Experiments.Control.Storage;
using Experiments.Dashboard.Models;

namespace Experiments.Dashboard.Session;

/// <summary>Reads what a flag's page needs around the flag: what its rules name, and nothing more of the environment.</summary>
internal sealed class FlagReading(IDefinitionStore store)
{
    public Task<FlagNames> NamesAsync(FlagDefinition flag) => store.ReadAsync(async reader =>
    {
        var names = new FlagNames();
        foreach (Guid id in flag.Rules.Select(static rule => rule.AudienceId).OfType<Guid>().Distinct())
        {
            if (await reader.FindAsync<AudienceDefinition>(id) is { } audience)
            {
                names.AddAudience(id, audience.Name);
            }
        }

        foreach (Guid id in flag.Rules.Select(static rule => rule.ExperimentId).OfType<Guid>().Distinct())
        {
            if (await reader.FindAsync<ExperimentDefinition>(id) is { } experiment)
            {
                names.AddExperiment(id, experiment.Key);
            }
        }

        return names;
    });

    /// <summary>Layers are few: each is for experiments that must not overlap.</summary>
    public Task<IReadOnlyList<Choice>> LayersAsync(Guid environmentId) => store.ReadAsync<IReadOnlyList<Choice>>(async reader =>
        [.. (await reader.GetAllAsync<LayerDefinition>(environmentId)).Select(static one => new Choice(one.Id.ToString(), one.Name))]);

    /// <summary>Finds the ids of the names that were typed.</summary>
    /// <returns>What is wrong, with the path of the rule; null where every name is known.</returns>
    public Task<string?> ResolveAsync(Guid environmentId, FlagEdit edit, FlagNames names) => store.ReadAsync(async reader =>
    {
        foreach ((int index, FlagRuleEdit rule) in edit.Rules.Index())
        {
            if (rule.Audience.Trim() is { Length: > 0 } name && !names.HasAudience(name))
            {
                if (await reader.FindAsync<AudienceDefinition>(environmentId, name) is not { } audience)
                {
                    return $"rules[{index}]: there is no audience \"{name}\".";
                }

                names.AddAudience(audience.Id, audience.Name);
            }

            if (rule.Serves != "experiment")
            {
                continue;
            }

            string key = rule.Experiment.Trim();
            if (key.Length == 0)
            {
                return $"rules[{index}]: choose the experiment that it serves.";
            }

            if (!names.HasExperiment(key))
            {
                if (await reader.FindAsync<ExperimentDefinition>(environmentId, key) is not { } experiment)
                {
                    return $"rules[{index}]: there is no experiment \"{key}\".";
                }

                names.AddExperiment(experiment.Id, experiment.Key);
            }
        }

        return null;
    });
}
