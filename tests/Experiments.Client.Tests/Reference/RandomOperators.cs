namespace Experiments.Client.Tests.Reference;

/// <summary>Conditions on one attribute: mostly an operand and an attribute that fit the operator.</summary>
internal sealed class RandomOperators(RandomJson json, RandomValues values, RandomAttributes attributes)
{
    public static readonly string[] Format1 = ["eq", "neq", "in", "notIn", "contains", "gt", "lt"];

    public static readonly string[] All =
    [
        .. Format1, "gte", "lte", "startsWith", "endsWith", "matches", "semverEq", "semverGt", "semverGte", "semverLt", "semverLte", "after", "before", "cidr",
        "exists", "type", "size", "some",
    ];

    private static readonly string[] s_unknown = ["", "EQ", "regex", "in ", "not", "unknown"];

    // No text has a long s or a Kelvin sign: .NET and RE2 differ about whether these fold. The last patterns are invalid.
    private static readonly string[] s_patterns =
    [
        "^pro", "o$", "^(free|pro)$", "[a-c]+", @"\d", @"^\w+$", "", "^$", "^.$", "^.{2}$", "a.*", "b|e", @"\bpro\b", "[^a]", "é", "pr[oö]", "ee?$", @"^a\s$", "a$",
        @"a\.b", "(?:a|b)c", ".", "(", "*a", "[c-a]", "a**", @"\",
    ];

    public string Any() => json.Chance(97) ? json.OneOf(All) : json.OneOf(s_unknown);

    /// <summary>A condition of format 2.</summary>
    /// <param name="op">Neither size nor some.</param>
    /// <param name="inElement">Inside the <c>if</c> of size or some: the kind of the length or the element.</param>
    public string Condition(string op, ValueKind? inElement)
    {
        ValueKind kind = inElement is { } element && json.Chance(75) ? element : KindFor(op);
        return json.Object(
            ("attribute", Attribute(kind, inElement)),
            ("operator", json.String(op)),
            ("value", Operand(op, kind)),
            ("ignoreCase", json.Chance(25) ? json.OneOf("true", "true", "false") : null));
    }

    /// <summary>Size or some, with what is tested on the length or on an element.</summary>
    public string Nesting(string op, ValueKind array, string? nested, ValueKind? inElement) => json.Object(
        ("attribute", Attribute(array, inElement)),
        ("operator", json.String(op)),
        ("value", json.Chance(10) ? values.Any() : null),
        ("if", nested));

    /// <summary>A condition of an experiment's rule.</summary>
    public string Plain(string op)
    {
        ValueKind kind = KindFor(op);
        return json.Object(
            ("attribute", attributes.Name(kind)),
            ("operator", json.String(op)),
            ("value", Operand(op, kind)),
            ("ignoreCase", json.Chance(5) ? "true" : null),
            json.Unknown());
    }

    private string Attribute(ValueKind kind, ValueKind? inElement) =>
        inElement is not null && json.Chance(80)
            ? json.OneOf("[\"\"]", "[\"\"]", "[\"\"]", "[\"\",\"n\"]", "[\"\",\"t\"]", "[\"\",\"length\"]", "[\"\",\"0\"]", "[\"\",\"t\",\"0\"]", "[\"\",\"\"]", "\"\"")
            : attributes.NameOrPath(kind);

    private ValueKind KindFor(string op) => op switch
    {
        "eq" or "neq" or "in" or "notIn" => json.OneOf(ValueKind.Text, ValueKind.Text, ValueKind.Number, ValueKind.Boolean, ValueKind.Version),
        "contains" or "startsWith" or "endsWith" or "matches" => ValueKind.Text,
        "gt" or "gte" or "lt" or "lte" => ValueKind.Number,
        "after" or "before" => ValueKind.Time,
        "cidr" => ValueKind.Address,
        "size" or "some" => ValueKind.TextList,
        _ when op.StartsWith("semver", StringComparison.Ordinal) => ValueKind.Version,
        _ => ValueKind.Any,
    };

    /// <summary>Null is an absent one.</summary>
    private string? Operand(string op, ValueKind kind)
    {
        if (json.Chance(6))
        {
            return json.Chance(40) ? null : values.Any();
        }

        return op switch
        {
            "in" or "notIn" => json.Array(RandomJson.Times(json.OneOf(0, 1, 2, 3, 3, 4), () => json.Chance(90) ? values.Json(kind) : values.Any())),
            "startsWith" or "endsWith" => json.Array(RandomJson.Times(json.Between(1, 3), () => json.Chance(90) ? json.String(Part()) : values.Any())),
            "contains" => json.String(Part()),
            "matches" => json.String(json.Chance(50) ? json.OneOf(s_patterns) : LiteralPattern()),
            "cidr" => json.Array(RandomJson.Times(json.Between(1, 3), () => json.Chance(95) ? json.String(values.Network()) : values.Any())),
            "exists" => json.OneOf("true", "false"),
            "type" => json.Array(RandomJson.Times(json.Between(1, 3), () => json.String(
                json.OneOf("undefined", "null", "boolean", "number", "string", "array", "object", "String", "integer")))),
            "gt" or "gte" or "lt" or "lte" => values.Json(ValueKind.Number),
            "after" or "before" => values.Json(ValueKind.Time),
            _ when op.StartsWith("semver", StringComparison.Ordinal) => values.Json(ValueKind.Version),
            _ => values.Json(kind),
        };
    }

    private string LiteralPattern() =>
        json.OneOf("", "^") + string.Concat(Part().Select(unit => char.IsLetterOrDigit(unit) ? unit : '.')) + json.OneOf("", "$");

    /// <summary>Beginning, end or all of a text, in one case or another. It may begin or end in half a character.</summary>
    private string Part()
    {
        string text = values.Text();
        int length = json.Between(0, text.Length);
        string part = json.Chance(50) ? text : json.Chance(50) ? text[..length] : text[length..];
        return json.Below(6) switch { 0 => part.ToUpperInvariant(), 1 => part.ToLowerInvariant(), _ => part };
    }
}
