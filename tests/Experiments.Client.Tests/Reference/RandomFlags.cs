namespace Experiments.Client.Tests.Reference;

/// <summary>Flags: variants, rules, splits.</summary>
internal sealed class RandomFlags(RandomJson json, RandomHashes hashes, RandomConditions conditions)
{
    public static readonly string[] VariantKeys = ["a", "b", "on", "off"];

    /// <param name="key">Of the flag.</param>
    /// <param name="flagKeys">Of flags that its conditions may ask for.</param>
    /// <param name="audiences">That its conditions may name.</param>
    public string Flag(string key, string[] flagKeys, string[] audiences)
    {
        string type = json.OneOf("boolean", "string", "integer", "number", "json");
        string[] variants = json.Some(VariantKeys, json.OneOf(0, 1, 2, 2, 3, 4, 4));
        return json.Object(
            ("key", json.String(key)),
            ("type", json.Chance(80) ? json.String(type) : null),
            ("dialect", json.Chance(3) ? "\"core\"" : null),
            ("enabled", json.Chance(25) ? json.OneOf("true", "true", "false") : null),
            ("off", OptionalVariant(variants)),
            ("default", OptionalVariant(variants)),
            ("variants", json.Object(variants.Select(variant => (variant, (string?)Payload(type))))),
            ("rules", json.Chance(20) ? json.Array([PlainRule(variants)]) : json.Chance(95) ? json.Array(RandomJson.Times(json.OneOf(0, 1, 2, 2, 3, 3, 4, 5), () => Rule(variants, flagKeys, audiences))) : null),
            ("meta", json.Chance(5) ? "{\"enabled\":false}" : null),
            json.Unknown());
    }

    private string Rule(string[] variants, string[] flagKeys, string[] audiences) => json.Object(
        ("id", json.Chance(85) ? json.String($"r{json.Below(100)}") : null),
        ("if", json.Chance(75) ? conditions.Condition(flagKeys, audiences) : null),
        ("serve", Serve(variants, flagKeys, audiences)),
        ("reason", json.Chance(8) ? json.OneOf("\"PREREQUISITE_FAILED\"", "\"HOLDOUT\"") : null),
        ("meta", json.Chance(5) ? "{}" : null),
        json.Unknown());

    /// <summary>What most flags are: conditions, and a split of all users.</summary>
    private string PlainRule(string[] variants)
    {
        string hash = hashes.SplitName();
        return json.Object(
            ("id", json.String("plain")),
            ("if", json.Chance(70) ? conditions.OnAttributes() : null),
            ("serve", json.Object(
                ("hash", json.String(hash)),
                ("ranges", json.Array(hashes.Partition(hash, json.Between(1, 5)).Select(
                    range => Range(range.Start, range.End, variants, throughPercent: 0)))))));
    }

    private string Serve(string[] variants, string[] flagKeys, string[] audiences) => json.Below(100) switch
    {
        < 38 => Variant(variants),
        38 => json.Object(("error", json.String(json.OneOf("MALFORMED", "GENERAL", "PARSE_ERROR", "UNMAPPED")))),
        _ => Split(variants, flagKeys, audiences),
    };

    private string Split(string[] variants, string[] flagKeys, string[] audiences)
    {
        string hash = hashes.SplitName();
        return json.Object(
            ("hash", json.String(hash)),
            ("ranges", json.Array(json.Chance(60) ? Partition(hash, variants) : RandomJson.Times(json.Below(5), () => Range(hash, variants)))),
            ("if", json.Chance(25) ? conditions.Condition(flagKeys, audiences, depth: 2) : null),
            ("sticky", json.Chance(35) ? Sticky(variants) : null),
            ("miss", json.OneOf(null, null, "\"next\"", "\"stop\"")));
    }

    private IEnumerable<string> Partition(string hash, string[] variants) =>
        hashes.Partition(hash, json.Between(1, 12)).Select(range => Range(range.Start, range.End, variants, throughPercent: 8));

    private string Range(string hash, string[] variants) => Range(hashes.Bound(hash), hashes.Bound(hash), variants, throughPercent: 15);

    private string Range(System.Numerics.BigInteger start, System.Numerics.BigInteger end, string[] variants, int throughPercent) => json.Object(
        ("start", json.Integer(start)),
        ("end", json.Integer(end)),
        ("variant", Variant(variants)),
        ("through", json.Chance(throughPercent) ? "true" : json.Chance(5) ? "false" : null),
        ("track", json.Chance(10) ? json.OneOf("true", "false") : null));

    private string Sticky(string[] variants) => json.Object(
        ("key", json.String(json.OneOf("s0", "s1"))),
        ("version", json.OneOf(null, "0", "1", "2")),
        ("min", json.OneOf(null, null, "0", "1", "2")),
        ("keys", json.Chance(40) ? json.Object(json.Some(["a", "b", "0", "1"], 3).Select(key => (key, (string?)json.String(VariantKey(variants) ?? "nope")))) : null));

    private string? OptionalVariant(string[] variants) => json.Chance(20) ? null : Variant(variants);

    private string Variant(string[] variants) => json.StringOrNull(VariantKey(variants));

    private string? VariantKey(string[] variants) =>
        json.Chance(4) ? null : json.Chance(4) || variants.Length == 0 ? "nope" : json.OneOf(variants);

    private string Payload(string type) => type switch
    {
        "boolean" => json.OneOf("true", "false"),
        "string" => json.String(json.OneOf("", "Sale!", "ö\U0001f600")),
        "integer" => json.OneOf("0", "-1", "42"),
        "number" => json.OneOf("0.5", "-1e3", "9"),
        _ => json.OneOf("null", "{\"price\": 9}", "[1, 2]", "\"text\"", "true", "{\"a\":1,\"a\":2}", "{}"),
    };
}
