using System.Globalization;
using System.Text.Json;
using Experiments.Client.Snapshots;
using Experiments.Client.Targeting.Text;
using Experiments.Control.Operations;
using Experiments.Control.Splits;
using Microsoft.AspNetCore.Http;

namespace Experiments.Control.Api.Requests;

/// <summary>Members of a JSON object by their types. A member of the wrong type is a 400 that names its path; unknown ones are ignored.</summary>
internal readonly struct JsonFields(JsonElement element, string path)
{
    public string Text(string name) => Required(name, JsonValueKind.String).GetString()!;

    /// <summary>Null where it is absent or null.</summary>
    public string? TextOrNull(string name) => Find(name) is not { ValueKind: not JsonValueKind.Null } member
        ? null
        : Expect(member, PathOf(name), JsonValueKind.String).GetString();

    public Optional<string> OptionalText(string name) => Find(name) is { } member
        ? Expect(member, PathOf(name), JsonValueKind.String).GetString()
        : default(Optional<string>);

    /// <summary>Present and null where it is null.</summary>
    public Optional<string> OptionalTextOrNull(string name) => Find(name) is null ? default : new Optional<string>(true, TextOrNull(name));

    public bool BooleanOr(string name, bool fallback) => OptionalBoolean(name).Or(fallback);

    public Optional<bool> OptionalBoolean(string name) => Find(name) is not { } member ? default(Optional<bool>)
        : member.ValueKind is JsonValueKind.True or JsonValueKind.False ? member.GetBoolean()
        : throw Refuse($"{PathOf(name)} must be a boolean, not {Describe(member.ValueKind)}.");

    /// <summary>Null where it is absent or null.</summary>
    public DateTimeOffset? TimeOrNull(string name) => TextOrNull(name) is not { } text ? null
        : ParseTime(text) ?? throw Refuse($"{PathOf(name)} must be a time as RFC 3339 writes it, such as 2026-12-01T00:00:00Z, not \"{text}\".");

    /// <summary>To the millisecond, as everything is kept; null where it is no time.</summary>
    public static DateTimeOffset? ParseTime(string text) => Timestamp.TryParse(text, out Instant instant)
        && instant.UnixMs >= DateTimeOffset.MinValue.ToUnixTimeMilliseconds() && Math.Floor(instant.UnixMs) <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
        ? DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Floor(instant.UnixMs))
        : null;

    public DateTimeOffset Time(string name) => TimeOrNull(name) ?? throw Refuse($"{PathOf(name)} is missing; a time is expected.");

    /// <summary>A number as it was written.</summary>
    public Coverage Coverage(string name) => Splits.Coverage.TryParse(
        Required(name, JsonValueKind.Number).GetRawText(), out Coverage coverage, out string? fault)
        ? coverage
        : throw Refuse($"{PathOf(name)} {fault}.");

    public long Long(string name)
    {
        JsonElement member = Required(name, JsonValueKind.Number);
        return WholeNumberConverter.TryRead(member, out long value) ? value
            : throw Refuse($"{PathOf(name)} must be an integer, not {member.GetRawText()}.");
    }

    /// <summary>Null where it is absent or null.</summary>
    public long? LongOrNull(string name, long min, long max) => Find(name) is not { ValueKind: not JsonValueKind.Null } ? null
        : Long(name) is var value && value >= min && value <= max ? value
        : throw Refuse(string.Create(CultureInfo.InvariantCulture, $"{PathOf(name)} must be {min} to {max}, not {value}."));

    /// <summary>The object, or null where it is absent or null.</summary>
    public JsonFields? ObjectOrNull(string name) => Find(name) is not { ValueKind: not JsonValueKind.Null } member
        ? null
        : new JsonFields(Expect(member, PathOf(name), JsonValueKind.Object), PathOf(name));

    public JsonFields Object(string name) => new(Required(name, JsonValueKind.Object), PathOf(name));

    public string[] Texts(string name)
    {
        string listPath = PathOf(name);
        return [.. Required(name, JsonValueKind.Array).EnumerateArray().Select((item, i) =>
            Expect(item, string.Create(CultureInfo.InvariantCulture, $"{listPath}[{i}]"), JsonValueKind.String).GetString()!)];
    }

    public int Integer(string name)
    {
        JsonElement member = Required(name, JsonValueKind.Number);
        return WholeNumberConverter.TryRead(member, out long value) && value is >= int.MinValue and <= int.MaxValue
            ? (int)value
            : throw Refuse($"{PathOf(name)} must be an integer, not {member.GetRawText()}.");
    }

    /// <summary>The same object, refused where it has other members, or one twice: where a mistyped member must not be dropped unseen.</summary>
    public JsonFields Only(params ReadOnlySpan<string> names)
    {
        Span<bool> seen = stackalloc bool[names.Length];
        foreach (JsonProperty member in element.EnumerateObject())
        {
            int index = names.IndexOf(member.Name);
            if (index < 0)
            {
                throw Refuse($"{PathOf(member.Name)} is unknown; known here are {string.Join(", ", names!)}.");
            }

            if (seen[index])
            {
                throw Refuse($"{PathOf(member.Name)} is there twice.");
            }

            seen[index] = true;
        }

        return this;
    }

    /// <summary>Members by their names, all of the same kind; none twice.</summary>
    public Dictionary<string, long> Longs(string name)
    {
        JsonFields fields = Object(name);
        Dictionary<string, long> members = new(StringComparer.Ordinal);
        foreach (JsonProperty member in Required(name, JsonValueKind.Object).EnumerateObject())
        {
            if (!members.TryAdd(member.Name, fields.Long(member.Name)))
            {
                throw Refuse($"{fields.PathOf(member.Name)} is there twice.");
            }
        }

        return members;
    }

    /// <summary>The raw value, null included; null where it is absent.</summary>
    public JsonElement? Find(string name) => element.TryGetProperty(name, out JsonElement member) ? member : null;

    /// <summary>The items of a list of objects.</summary>
    public T[] Items<T>(string name, Func<JsonFields, T> read) =>
        ReadItems(Required(name, JsonValueKind.Array), PathOf(name), read);

    /// <summary>The items of a list of objects; empty where the list is absent.</summary>
    public T[] ItemsOrNone<T>(string name, Func<JsonFields, T> read) => Find(name) is null ? [] : Items(name, read);

    /// <summary>Path of a member of this object, for messages.</summary>
    public string PathOf(string name) => path.Length == 0 ? name : $"{path}.{name}";

    public static string Describe(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "a boolean",
    };

    public static BadHttpRequestException Refuse(string message) => new(message, StatusCodes.Status400BadRequest);

    private JsonElement Required(string name, JsonValueKind kind) => Find(name) is { } member
        ? Expect(member, PathOf(name), kind)
        : throw Refuse($"{PathOf(name)} is missing; {Describe(kind)} is expected.");

    private static T[] ReadItems<T>(JsonElement items, string itemsPath, Func<JsonFields, T> read)
    {
        List<T> list = [];
        foreach (JsonElement item in items.EnumerateArray())
        {
            string itemPath = string.Create(CultureInfo.InvariantCulture, $"{itemsPath}[{list.Count}]");
            list.Add(read(new JsonFields(Expect(item, itemPath, JsonValueKind.Object), itemPath)));
        }

        return [.. list];
    }

    private static JsonElement Expect(JsonElement member, string memberPath, JsonValueKind kind) => member.ValueKind == kind
        ? member
        : throw Refuse($"{memberPath} must be {Describe(kind)}, not {Describe(member.ValueKind)}.");
}
