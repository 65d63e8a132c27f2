namespace Experiments.Dashboard.Models;

/// <summary>All operators that the API takes in a condition, in the order in which people look for them.</summary>
internal static class OperatorChoices
{
    public static IReadOnlyList<OperatorChoice> All { get; } =
    [
        new("in", "is any of", OperandKind.Values, "US, CA"),
        new("notIn", "is none of", OperandKind.Values, "US, CA"),
        new("eq", "is", OperandKind.Value, "pro"),
        new("neq", "is not", OperandKind.Value, "free"),
        new("contains", "contains", OperandKind.Text, "beta"),
        new("startsWith", "starts with", OperandKind.Texts, "qa-, test-"),
        new("endsWith", "ends with", OperandKind.Texts, "@example.com"),
        new("matches", "matches pattern", OperandKind.Pattern, "^[a-f].*"),
        new("gt", "is greater than", OperandKind.Number, "18"),
        new("gte", "is at least", OperandKind.Number, "18"),
        new("lt", "is less than", OperandKind.Number, "65"),
        new("lte", "is at most", OperandKind.Number, "65"),
        new("semverEq", "is version", OperandKind.Version, "2.4.0"),
        new("semverGt", "is later than version", OperandKind.Version, "2.4.0"),
        new("semverGte", "is version or later", OperandKind.Version, "2.4.0"),
        new("semverLt", "is earlier than version", OperandKind.Version, "2.4.0"),
        new("semverLte", "is version or earlier", OperandKind.Version, "2.4.0"),
        new("before", "is before", OperandKind.Time, "2026-12-01T00:00:00Z"),
        new("after", "is after", OperandKind.Time, "2026-12-01T00:00:00Z"),
        new("cidr", "is an address in", OperandKind.Networks, "10.0.0.0/8, fd00::/8"),
        new("exists", "is set or not", OperandKind.Presence, ""),
        new("type", "is of type", OperandKind.Types, "string, number"),
    ];

    /// <summary>One that nothing knows is shown by its name, with its value as it is.</summary>
    public static OperatorChoice Of(string name) =>
        All.FirstOrDefault(one => one.Name == name) ?? new OperatorChoice(name, name, OperandKind.Value, "");
}
