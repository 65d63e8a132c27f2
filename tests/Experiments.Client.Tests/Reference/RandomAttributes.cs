namespace Experiments.Client.Tests.Reference;

/// <summary>The attribute names that conditions ask for, and contexts that have them more often than not.</summary>
internal sealed class RandomAttributes(RandomJson json, RandomValues values)
{
    private static readonly (string Name, ValueKind Kind)[] s_names =
    [
        ("plan", ValueKind.Text), ("plan", ValueKind.Text), ("plan", ValueKind.Text), ("geo.country", ValueKind.Text),
        ("geo.country", ValueKind.Text), ("a.b", ValueKind.Text), ("tags.0", ValueKind.Text), ("x\ud800", ValueKind.Text),
        ("", ValueKind.Text), ("$key", ValueKind.Text), ("items.0.t", ValueKind.Text), ("items.1.", ValueKind.Text),
        ("age", ValueKind.Number), ("age", ValueKind.Number), ("geo.zip", ValueKind.Number), ("tags.length", ValueKind.Number), ("items.0.n", ValueKind.Number),
        ("beta", ValueKind.Boolean), ("app", ValueKind.Version), ("ip", ValueKind.Address), ("at", ValueKind.Time),
        ("tags", ValueKind.TextList), ("items", ValueKind.ObjectList), ("items.0.t", ValueKind.TextList),
        ("nowhere", ValueKind.Any), ("plan.length", ValueKind.Any), ("tags.00", ValueKind.Any), ("tags.-1", ValueKind.Any), ("a..b", ValueKind.Any),
        ("geo", ValueKind.Any), (".", ValueKind.Any), ("geo.a.b", ValueKind.Any), ("tags.4294967296", ValueKind.Any), ("beta.x", ValueKind.Any),
    ];

    private static readonly (string[] Path, ValueKind Kind)[] s_paths =
    [
        (["plan"], ValueKind.Text), (["geo", "country"], ValueKind.Text), (["a.b"], ValueKind.Text), (["a", "b"], ValueKind.Text), ([""], ValueKind.Text),
        (["tags", "1"], ValueKind.Text), (["geo", "a.b"], ValueKind.Text), (["$key"], ValueKind.Text), (["x\ud800"], ValueKind.Text), (["age"], ValueKind.Number),
        (["tags", "length"], ValueKind.Number), (["items", "0", "n"], ValueKind.Number), (["beta"], ValueKind.Boolean), (["app"], ValueKind.Version),
        (["ip"], ValueKind.Address), (["at"], ValueKind.Time), (["tags"], ValueKind.TextList), (["items"], ValueKind.ObjectList),
        (["geo.country"], ValueKind.Any), (["nowhere"], ValueKind.Any), (["plan", "length"], ValueKind.Any), (["items", "0", ""], ValueKind.Any), (["", ""], ValueKind.Any),
    ];

    /// <summary>JSON string of the name of an attribute that usually is of this kind.</summary>
    public string Name(ValueKind kind)
    {
        (string Name, ValueKind Kind)[] fitting = [.. s_names.Where(name => kind == ValueKind.Any || name.Kind == kind)];
        return json.String(json.OneOf(json.Chance(88) ? fitting : s_names).Name);
    }

    /// <summary>A name or, as JSON array, an exact path.</summary>
    public string NameOrPath(ValueKind kind)
    {
        if (json.Chance(60))
        {
            return Name(kind);
        }

        (string[] Path, ValueKind Kind)[] fitting = [.. s_paths.Where(path => kind == ValueKind.Any || path.Kind == kind)];
        return json.Array(json.OneOf(json.Chance(88) ? fitting : s_paths).Path.Select(json.String));
    }

    /// <summary>JSON text of an object, with duplicate members now and then.</summary>
    public string Context()
    {
        if (json.Chance(2))
        {
            return "{}";
        }

        List<(string Name, string? Json)> members =
        [
            Member("plan", ValueKind.Text), Member("age", ValueKind.Number), Member("beta", ValueKind.Boolean), Member("app", ValueKind.Version),
            Member("ip", ValueKind.Address), Member("at", ValueKind.Time), Member("tags", ValueKind.TextList), Member("items", ValueKind.ObjectList),
            ("geo", Present(json.Chance(90) ? Geo() : values.Any())),
            ("a", Present(json.InOrder(("b", values.Json(ValueKind.Text))))),
        ];
        members.AddRange(
        [
            Seldom("a.b"), Seldom("geo.country"), Seldom(""), Seldom("x\ud800"), Seldom("$key"), Seldom("tags.0"), Seldom("plan"), Seldom("unused"), Seldom("geo"),
        ]);
        return json.Object(members);
    }

    private string Geo() => json.InOrder(
        new[] { Member("country", ValueKind.Text), Member("zip", ValueKind.Number), Seldom("a.b"), Seldom("country") }.Where(member => member.Json is not null));

    private (string Name, string? Json) Member(string name, ValueKind kind) =>
        (name, Present(json.Chance(88) ? values.Json(kind) : values.Any()));

    private (string Name, string? Json) Seldom(string name) =>
        (name, json.Chance(30) ? (json.Chance(75) ? values.Json(ValueKind.Text) : values.Any()) : null);

    private string? Present(string text) => json.Chance(82) ? text : null;
}
