using Experiments.Control.Definitions;
using Experiments.Control.Operations;
using Experiments.Control.Splits;

namespace Experiments.Control.Transfer;

/// <summary>Takes out of the plan what the document does not name.</summary>
internal sealed class Pruning(PlannedState planned, DocumentPaths paths)
{
    public void Run()
    {
        foreach (FlagDefinition flag in planned.Flags.All.Where(flag => !flag.IsArchived && !paths.Flags.ContainsKey(flag.Key)).ToArray())
        {
            planned.Flags.Put(flag with { IsArchived = true });
            foreach (FlagRuleDefinition rule in flag.Rules)
            {
                Release(rule.Split?.Weights.LayerId, rule.Id);
            }
        }

        foreach (ExperimentDefinition experiment in planned.Experiments.All
            .Where(one => one.Status != ExperimentStatus.Archived && !paths.Experiments.ContainsKey(one.Key)).ToArray())
        {
            planned.Experiments.Put(experiment with { Status = ExperimentStatus.Archived });
            Release(experiment.Split?.LayerId, experiment.Id);
        }

        foreach (HoldoutDefinition holdout in planned.Holdouts.All.Where(one => !paths.Holdouts.ContainsKey(one.Name)).ToArray())
        {
            planned.Holdouts.Remove(holdout);
        }

        RemoveUnused();
    }

    private void Release(Guid? layerId, Guid ownerId)
    {
        if (layerId is { } id && planned.Layers.Find(id) is { } layer)
        {
            planned.Layers.Put(layer.WithClaim(ownerId, "", BucketSet.Nobody));
        }
    }

    /// <summary>What is archived still uses its audience and layer, because it can be looked at, and a flag can come back.</summary>
    private void RemoveUnused()
    {
        HashSet<Guid?> used =
        [
            .. planned.Flags.All.SelectMany(static flag => flag.Rules).SelectMany(static rule => new[] { rule.AudienceId, rule.Split?.Weights.LayerId }),
            .. planned.Experiments.All.SelectMany(static one => new[] { one.AudienceId, one.Split?.LayerId }),
        ];
        foreach (AudienceDefinition audience in planned.Audiences.All
            .Where(one => !paths.Audiences.ContainsKey(one.Name) && !used.Contains(one.Id)).ToArray())
        {
            planned.Audiences.Remove(audience);
        }

        foreach (LayerDefinition layer in planned.Layers.All
            .Where(one => !paths.Layers.ContainsKey(one.Name) && !used.Contains(one.Id) && one.Claims.Count == 0).ToArray())
        {
            planned.Layers.Remove(layer);
        }
    }
}
