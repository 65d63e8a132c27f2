using Experiments.Client;

namespace Experiments.Benchmarks.Snapshots;

/// <summary>The attributes that users of the benchmarks have.</summary>
internal static class Contexts
{
    /// <summary>10 attributes, with escapes in names and values, and nesting.</summary>
    public static ReadOnlySpan<byte> Json => """
        {"country":"US","plan":"pro","age":42,"platform":"ios","language":"en","beta":true,
         "company":{"name":"M\u00fcller \u0026 S\u00f6hne","size":250.5,"tags":["retail","eu\/west"]},
         "e\u002dmail":"ann\u0040example.com","note":"line one\nline \"two\"","appVersion":"4.12.0"}
        """u8;

    /// <summary>A condition on each attribute of <see cref="Json"/>: all of them are used, and all of these hold.</summary>
    public static IReadOnlyList<(string Attribute, string Operator, string Operand)> UsedAttributes { get; } =
    [
        ("country", "eq", "\"US\""),
        ("plan", "eq", "\"pro\""),
        ("age", "gt", "17"),
        ("platform", "eq", "\"ios\""),
        ("language", "eq", "\"en\""),
        ("beta", "eq", "true"),
        ("company.name", "eq", "\"Müller & Söhne\""),
        ("e-mail", "contains", "\"@\""),
        ("note", "contains", "\"two\""),
        ("appVersion", "neq", "\"4.11.0\""),
    ];

    /// <summary>A reusable context with the six attributes that <see cref="SnapshotBuilder.Build"/> looks at.</summary>
    public static DecisionContext Reusable() => new DecisionContext()
        .Set("country", Workload.FromRequest("US"))
        .Set("plan", Workload.FromRequest("pro"))
        .Set("age", 42)
        .Set("platform", Workload.FromRequest("ios"))
        .Set("language", Workload.FromRequest("en"))
        .Set("beta", true);
}
