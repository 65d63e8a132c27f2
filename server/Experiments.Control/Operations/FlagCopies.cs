using Experiments.Control.Definitions;
using Experiments.Control.Storage;

namespace Experiments.Control.Operations;

/// <summary>Flags of one environment as inputs for another.</summary>
internal static class FlagCopies
{
    /// <param name="reader">For both environments.</param>
    /// <param name="flag">The flag.</param>
    /// <param name="environmentId">Where it is to be made.</param>
    /// <param name="key">Its key there; null is the same.</param>
    public static async ValueTask<Result<FlagInput>> InputAsync(IStoreReader reader, FlagDefinition flag, Guid environmentId, string? key)
    {
        IReadOnlyList<AudienceDefinition> audiences = await reader.GetAllAsync<AudienceDefinition>(environmentId);
        IReadOnlyList<LayerDefinition> layers = await reader.GetAllAsync<LayerDefinition>(environmentId);
        List<FlagRuleInput> rules = [];
        foreach (FlagRuleInput rule in FlagInputs.RulesOf(flag))
        {
            string path = $"rules[{rules.Count}]";
            Guid? audienceId = null;
            if (rule.AudienceId is { } id)
            {
                string name = (await reader.FindAsync<AudienceDefinition>(id))!.Name;
                audienceId = audiences.FirstOrDefault(audience => audience.Name == name)?.Id;
                if (audienceId is null)
                {
                    return Missing(path, "audience", name);
                }
            }

            if (rule.Serve.ExperimentId is { } experimentId)
            {
                string experimentKey = (await reader.FindAsync<ExperimentDefinition>(experimentId))!.Key;
                if (await reader.FindAsync<ExperimentDefinition>(environmentId, experimentKey) is not { } experiment)
                {
                    return Missing(path, "experiment", experimentKey);
                }

                rules.Add(rule with { Id = null, AudienceId = audienceId, Serve = new ServeInput(ExperimentId: experiment.Id) });
                continue;
            }

            ServeInput serve = rule.Serve;
            if (serve.Split?.LayerId is { } layerId)
            {
                string name = (await reader.FindAsync<LayerDefinition>(layerId))!.Name;
                if (layers.FirstOrDefault(layer => layer.Name == name) is not { } layer)
                {
                    return Missing(path, "layer", name);
                }

                serve = serve with { Split = serve.Split with { LayerId = layer.Id } };
            }

            rules.Add(rule with { Id = null, AudienceId = audienceId, Serve = serve });
        }

        return new FlagInput
        {
            EnvironmentId = environmentId,
            Key = key ?? flag.Key,
            Type = flag.Type,
            Content = new FlagChange
            {
                Name = flag.Name,
                Description = new(true, flag.Description),
                Schema = new(true, flag.Schema),
                Tags = new(true, flag.Tags),
                Enabled = flag.IsEnabled,
                Off = new(true, FlagInputs.KeyOf(flag, flag.OffVariantId)),
                Default = new(true, FlagInputs.KeyOf(flag, flag.DefaultVariantId)),
                Variants = new(true, [.. flag.Variants.Select(static variant => new FlagVariantInput(variant.Key, variant.Name, variant.Value))]),
                Overrides = new(true, [.. flag.Overrides.Select(one => new OverrideInput(one.UserKey, FlagInputs.KeyOf(flag, one.VariantId)!))]),
                Rules = rules,
            },
        };
    }

    private static DomainError Missing(string path, string kind, string name) => new(
        DomainErrorCode.NotAllowed, $"{path} needs {kind} \"{name}\", which the other environment does not have; make it there first.");
}
