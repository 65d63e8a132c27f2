namespace Experiments.Benchmarks.Snapshots;

/// <summary>An operator with an operand and a value that it matches. A new operator is one line here.</summary>
/// <param name="Operator">Name on the wire.</param>
/// <param name="Operand">JSON.</param>
/// <param name="Value">JSON of an attribute that matches.</param>
/// <param name="Format">Snapshot format that brought the operator.</param>
/// <param name="IsNested">Whether the operand is a condition: that is its member <c>if</c>, and only flags have it.</param>
internal sealed record OperatorCase(string Operator, string Operand, string Value, int Format = 1, bool IsNested = false)
{
    private static readonly OperatorCase[] Known =
    [
        new("eq", "\"pro\"", "\"pro\""),
        new("neq", "\"free\"", "\"pro\""),
        new("in", """["free","team","pro","enterprise"]""", "\"pro\""),
        new("notIn", """["free","team","enterprise"]""", "\"pro\""),
        new("contains", "\"@example.\"", "\"ann@example.com\""),
        new("gt", "17", "42"),
        new("lt", "100", "42"),
        new("gte", "17", "42", 2),
        new("lte", "100", "42", 2),
        new("startsWith", """["beta-","ann@"]""", "\"ann@example.com\"", 2),
        new("endsWith", """[".org",".com"]""", "\"ann@example.com\"", 2),
        new("matches", "\"^[a-z]+@example\\\\.(com|org)$\"", "\"ann@example.com\"", 2),
        new("semverEq", "\"4.12.0\"", "\"4.12.0\"", 2),
        new("semverGt", "\"4.11.9\"", "\"4.12.0\"", 2),
        new("semverGte", "\"4.12.0\"", "\"4.12.0\"", 2),
        new("semverLt", "\"4.12.0\"", "\"4.12.0-rc.1\"", 2),
        new("semverLte", "\"4.12.0\"", "\"4.12.0\"", 2),
        new("before", "\"2027-01-01T00:00:00Z\"", "\"2026-06-01T12:00:00+02:00\"", 2),
        new("after", "\"2026-01-01T00:00:00Z\"", "\"2026-06-01T12:00:00+02:00\"", 2),
        new("cidr", """["10.0.0.0/8","2001:db8::/32"]""", "\"10.20.30.40\"", 2),
        new("exists", "true", "\"pro\"", 2),
        new("type", """["string"]""", "\"pro\"", 2),
        new("size", """{"attribute":[""],"operator":"gte","value":3}""", """["free","team","pro"]""", 2, IsNested: true),
        new("some", """{"attribute":[""],"operator":"eq","value":"pro"}""", """["free","team","pro"]""", 2, IsNested: true),
    ];

    /// <summary>Those that the engine of today knows.</summary>
    public static IReadOnlyList<OperatorCase> All { get; } = [.. Known.Where(static c => c.Format <= EngineAccess.MaxFormat)];

    public static OperatorCase Find(string name) => All.Single(c => c.Operator == name);
}
