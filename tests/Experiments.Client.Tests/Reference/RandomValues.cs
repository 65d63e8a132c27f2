namespace Experiments.Client.Tests.Reference;

/// <summary>
/// Few values, the same ones for a snapshot and its cases, so that conditions hold about as often as not. Texts are C# strings,
/// numbers are JSON text.
/// </summary>
internal sealed class RandomValues
{
    private static readonly string[] s_texts =
    [
        "free", "pro", "PRO", "Pro", "", "prö", "PRÖ", "straße", "STRASSE", "soft\u00adhyphen", "softhyphen", "a\n", "a", "A", "ab", "abc",
        "e\u0301", "\u00e9", "\u00c9", "\U0001f600", "\ud83d", "\ude00", "x\ud800", "\u0131", "I", "\u0130", "18", "true", "null", "\u0663", "a.b", "\ufffd",
        "\ud801\udc00", "\ud801\udc28", "\"\\/",
    ];

    private static readonly string[] s_numbers =
    [
        "0", "-0", "1", "2", "3", "17", "18", "18.0", "1.8e1", "0.1", "1e-7", "1e21", "123456789012345680000", "9007199254740993", "9007199254740992",
        "1e400", "-1e400", "-1", "-2.5", "0.30000000000000004", "5e-324", "1.7976931348623157e308", "100",
    ];

    private static readonly string[] s_versions =
    [
        "1.2.3", "1.2.3+build.5", "1.2.3-alpha", "1.2.3-alpha.1", "1.2.3-alpha.beta", "1.2.3-2", "1.2.3-10", "1.10.0", "2.0.0", "0.0.0",
        "99999999999999999999.0.0", "99999999999999999998.0.0", "1.2.3--", "1.2.3-0a", "1.2", "v1.2.3", "01.2.3", "1.2.3-01", "1.2.3-", "1.2.3+",
        "1.2.3 ", " 1.2.3", "1.2.3.4", "1.2.3-\u00e9", "\u0661.2.3", "1.2.3-99999999999999999999", "1.2.3-99999999999999999998",
    ];

    private static readonly string[] s_addresses =
    [
        "10.0.0.1", "10.0.0.255", "10.1.0.0", "192.168.1.1", "255.255.255.255", "0.0.0.0", "2001:db8::1", "2001:DB8:0:0:0:0:0:2", "::1", "::",
        "::ffff:10.0.0.1", "fe80::1", "010.0.0.1", "10.0.0", "10.0.0.256", "10.0.0.1 ", "1:2:3:4:5:6:7", "1::2::3", "::10.0.0.1", "167772161",
    ];

    private static readonly string[] s_networks =
    [
        "10.0.0.0/8", "10.0.0.0/24", "10.0.0.1/32", "0.0.0.0/0", "192.168.0.0/16", "2001:db8::/32", "::/0", "::1/128", "fe80::/10", "::ffff:10.0.0.0/104",
        "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/08", "300.0.0.0/8", "::/129", "not-a-network", "10.0.0.0/31", "2001:db8::/127",
    ];

    private static readonly string[] s_times =
    [
        "2026-01-01T00:00:00Z", "2026-01-01T00:00:00.000Z", "2026-01-01T02:00:00+02:00", "2025-12-31T19:00:00-05:00", "2026-01-01T00:00:00.001Z",
        "2026-01-01T00:00:00.0000001Z", "2025-12-31T23:59:59.9999999Z", "2026-06-30T12:30:45.5Z", "2024-02-29T23:59:59Z", "1969-12-31T23:59:59Z",
        "2026-01-01t00:00:00z", "9999-12-31T23:59:59Z", "1000-01-01T00:00:00Z",
    ];

    private static readonly string[] s_notTimes =
    [
        "2026-02-29T00:00:00Z", "2026-01-01", "2026-01-01T00:00:00", "2026-01-01T24:00:00Z", "2026-1-1T00:00:00Z", "2026-13-01T00:00:00Z", "now", "",
        "2026-01-01T00:00Z", "2026-01-01T00:00:00.Z", "2026-01-01T00:00:00+0200", "2026-01-01T00:00:00Z ", "Thu, 01 Jan 2026 00:00:00 GMT",
        "2026-01-01T00:00:00,5Z", "+2026-01-01T00:00:00Z", "1767225600000",
    ];

    private static readonly string[] s_unixTimesMs = ["1767225600000", "1767225600001", "1767225599999.5", "0", "-1000", "1e400", "1782822645500", "1.7672256e12"];

    private readonly RandomJson _json;

    public RandomValues(RandomJson json, int seed)
    {
        _json = json;
        var choice = new RandomJson(seed ^ 0x5eed);
        Texts = choice.Some(s_texts, 4);
        Numbers = choice.Some(s_numbers, 4);
        Versions = choice.Some(s_versions, 4);
        Addresses = choice.Some(s_addresses, 3);
        Times = choice.Some(s_times, 4);
        NotTimes = choice.Some(s_notTimes, 3);
    }

    public string[] Texts { get; }

    public string[] Numbers { get; }

    public string[] Versions { get; }

    public string[] Addresses { get; }

    public string[] Times { get; }

    public string[] NotTimes { get; }

    public string Text() => _json.OneOf(Texts);

    public string Network() => _json.OneOf(s_networks);

    /// <summary>An RFC 3339 time, and now and then something that looks like one.</summary>
    public string TimeText(int wrongPercent) => _json.OneOf(_json.Chance(wrongPercent) ? NotTimes : Times);

    /// <summary>JSON text of a value of this kind.</summary>
    public string Json(ValueKind kind) => kind switch
    {
        ValueKind.Text => _json.String(Text()),
        ValueKind.Number => _json.OneOf(Numbers),
        ValueKind.Boolean => _json.OneOf("true", "false"),
        ValueKind.Version => _json.String(_json.OneOf(Versions)),
        ValueKind.Address => _json.String(_json.OneOf(Addresses)),
        ValueKind.Time => _json.Chance(30) ? _json.OneOf(s_unixTimesMs) : _json.String(TimeText(20)),
        ValueKind.TextList => _json.Array(RandomJson.Times(_json.OneOf(0, 1, 2, 2, 3), () => _json.Chance(85) ? Json(ValueKind.Text) : Any())),
        ValueKind.ObjectList => _json.Array(RandomJson.Times(_json.OneOf(0, 1, 2, 2, 3), () => _json.Chance(80) ? Item() : Any())),
        _ => Any(),
    };

    /// <summary>JSON text of any value.</summary>
    public string Any() => _json.Below(9) switch
    {
        0 => "null",
        1 => Json(ValueKind.Boolean),
        2 or 3 => Json(ValueKind.Number),
        4 or 5 => Json(ValueKind.Text),
        6 => _json.OneOf("[]", "[null]", "[\"a\",[1,2],{\"n\":1}]", "[[\"a\"],[]]"),
        7 => _json.OneOf("{}", "{\"n\":1}", "{\"length\":2,\"0\":\"a\"}", "{\"\":\"a\"}"),
        _ => Json(_json.OneOf(ValueKind.Version, ValueKind.Address, ValueKind.Time)),
    };

    private string Item() => _json.InOrder(
        ("n", Json(ValueKind.Number)), (_json.OneOf("n", "t", ""), _json.Chance(50) ? Json(ValueKind.Text) : Json(ValueKind.TextList)));
}
