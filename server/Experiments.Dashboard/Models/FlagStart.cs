using System.Text.Json;
using Experiments.Control.Definitions;
using Experiments.Control.Operations;

namespace Experiments.Dashboard.Models;

/// <summary>What a new flag begins with, so that it can be turned on at once.</summary>
internal static class FlagStart
{
    public static FlagInput Input(Guid environmentId, string key, string name, FlagType type)
    {
        FlagVariantInput[] variants = VariantsOf(type);
        return new FlagInput
        {
            EnvironmentId = environmentId,
            Key = key,
            Type = type,
            Content = new FlagChange
            {
                Name = name.Length == 0 ? key : name,
                Enabled = false,
                Off = variants[^1].Key,
                Default = variants[^1].Key,
                Variants = new(true, variants),
            },
        };
    }

    public static string Hint(FlagType type) => type == FlagType.Boolean
        ? "Begins with the variants on and off, and serves off."
        : "Begins with two variants; give them their values next.";

    private static FlagVariantInput[] VariantsOf(FlagType type) => type switch
    {
        FlagType.Boolean => [Variant("on", "true"), Variant("off", "false")],
        FlagType.String => [Variant("new", "\"new\""), Variant("standard", "\"standard\"")],
        FlagType.Json => [Variant("new", "{}"), Variant("standard", "{}")],
        _ => [Variant("high", "1"), Variant("standard", "0")],
    };

    private static FlagVariantInput Variant(string key, string json) => new(key, null, JsonElement.Parse(json));
}
