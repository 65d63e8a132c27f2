using System.Text.Json.Nodes;
using Experiments.Control.Definitions;

namespace Experiments.Control.Differences;

/// <summary>Whole resources as JSON, with keys and names in place of ids, and without times and counters.</summary>
internal static class ResourceJson
{
    public static JsonObject Of(AudienceDefinition audience) => new() { ["name"] = audience.Name, ["rules"] = PartJson.Of(audience.Rules) };

    public static JsonObject Of(HoldoutDefinition holdout) => new()
    {
        ["name"] = holdout.Name,
        ["tag"] = holdout.Tag,
        ["share"] = holdout.Share,
        ["salt"] = holdout.Salt,
    };

    public static JsonObject Of(LayerDefinition layer) => new()
    {
        ["name"] = layer.Name,
        ["unit"] = layer.Unit,
        ["salt"] = layer.Salt,
        ["claims"] = ChangeJson.Array(layer.Claims.Select(Of)),
    };

    public static JsonObject Of(LayerClaimDefinition claim) => new() { ["key"] = claim.Key, ["ranges"] = PartJson.Of(claim.Ranges) };

    public static JsonObject Of(ExperimentDefinition experiment, ContentNames names)
    {
        var variants = new VariantNames(experiment);
        return new JsonObject
        {
            ["key"] = experiment.Key,
            ["status"] = ExperimentLifecycle.NameOf(experiment.Status),
            ["salt"] = experiment.Salt,
            ["unit"] = experiment.Unit,
            ["audience"] = names.AudienceOf(experiment.AudienceId),
            ["targetingRules"] = PartJson.Of(experiment.TargetingRules),
            ["schedule"] = PartJson.Of(experiment.Schedule),
            ["prerequisites"] = PartJson.Of(experiment.Prerequisites),
            ["variants"] = ChangeJson.Array(experiment.Variants.Select(Of)),
            ["split"] = PartJson.Of(experiment.Split, variants, names),
            ["allocations"] = PartJson.Of(experiment.Allocations, variants),
            ["overrides"] = PartJson.Of(experiment.Overrides, variants),
            ["tags"] = ChangeJson.Array(experiment.Tags),
        };
    }

    public static JsonObject Of(VariantDefinition variant) =>
        new() { ["key"] = variant.Key, ["payload"] = ChangeJson.Node(variant.Payload) };

    public static JsonObject Of(FlagDefinition flag, ContentNames names)
    {
        var variants = new VariantNames(flag);
        return new JsonObject
        {
            ["key"] = flag.Key,
            ["type"] = FlagWords.TypeOf(flag.Type),
            ["isEnabled"] = flag.IsEnabled,
            ["isArchived"] = flag.IsArchived,
            ["variants"] = ChangeJson.Array(flag.Variants.Select(Of)),
            ["offVariant"] = KeyOf(flag.OffVariantId, variants),
            ["defaultVariant"] = KeyOf(flag.DefaultVariantId, variants),
            ["overrides"] = PartJson.Of(flag.Overrides, variants),
            ["rules"] = ChangeJson.Array(flag.Rules.Select(rule => PartJson.Of(rule, variants, names))),
            ["tags"] = ChangeJson.Array(flag.Tags),
        };
    }

    public static JsonObject Of(FlagVariantDefinition variant) => new() { ["key"] = variant.Key, ["value"] = ChangeJson.Node(variant.Value) };

    private static string? KeyOf(Guid? id, VariantNames variants) => id is { } set ? variants.KeyOf(set) : null;
}
