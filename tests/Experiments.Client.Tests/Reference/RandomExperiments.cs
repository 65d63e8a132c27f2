namespace Experiments.Client.Tests.Reference;

/// <summary>Experiments of both formats.</summary>
/// <param name="newOperatorsPercent">How often a condition has any operator, not one of format 1.</param>
internal sealed class RandomExperiments(RandomJson json, RandomOperators operators, int newOperatorsPercent)
{
    /// <param name="key">Of the experiment.</param>
    /// <param name="flag">The flag that decides it, or null.</param>
    /// <param name="allocates">Whether it has allocations.</param>
    public string Experiment(string key, string? flag, bool allocates)
    {
        string[] variants = json.Some(RandomFlags.VariantKeys, json.Below(5));
        return json.Object(
            ("id", json.String(json.Chance(95) ? "id-" + key : "id-\u00f6")),
            ("key", json.String(key)),
            ("salt", json.String(json.OneOf("salt", "", "s\ud800", "\ude00", "ö\U0001f600", "s-" + key, "another salt, of more than sixteen bytes"))),
            ("audienceRules", Rules()),
            ("targetingRules", Rules()),
            ("variants", json.Array(variants.Select(Variant))),
            ("allocations", json.Array(allocates ? Allocations(variants) : [])),
            ("flag", flag is null ? null : json.String(flag)),
            json.Unknown());
    }

    private string Variant(string key) => json.Object(
        ("id", json.String(json.Chance(92) ? "v-" + key : "v-a")),
        ("key", json.String(json.Chance(95) ? key : "a")),
        ("payload", json.OneOf(null, "null", "{\"color\": \"#0a0\"}", "{}", "[\"\\ud800\"]")),
        json.Unknown());

    private string Rules() => json.Array(RandomJson.Times(json.OneOf(0, 0, 0, 1, 1, 2), () => json.Object(
        ("conditions", json.Array(RandomJson.Times(json.OneOf(0, 1, 1, 1, 2, 3), Condition))),
        json.Unknown())));

    private string Condition() => operators.Plain(json.Chance(newOperatorsPercent) ? operators.Any() : json.OneOf(RandomOperators.Format1));

    private IEnumerable<string> Allocations(string[] variants)
    {
        if (json.Chance(50))
        {
            int count = Math.Max(1, variants.Length);
            return Enumerable.Range(0, count).Select(i => Allocation(variants, $"{10_000 * i / count}", $"{(10_000 * (i + 1) / count) - 1}"));
        }

        return RandomJson.Times(json.Below(4), () => Allocation(variants, Bound(), Bound()));
    }

    private string Allocation(string[] variants, string start, string end) => json.Object(
        ("variantId", json.String(json.Chance(4) || variants.Length == 0 ? "v-nope" : "v-" + json.OneOf(variants))),
        ("rangeStart", start),
        ("rangeEnd", end),
        json.Unknown());

    private string Bound() => json.OneOf("0", "0", "4999", "5000", "9999", "9999", "10000", "-1", "4999.5", "2500", "7500", "1e400", "-1e9", "9.999e3");
}
