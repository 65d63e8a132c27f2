using System.Text.Json;

namespace Experiments.Control.Definitions;

/// <summary>
/// What the references of a JSON Schema come to. The library that checks values follows each of them, so one that leads back to itself
/// would end this process with a full stack, and a few that double each other would keep it busy for years.
/// </summary>
internal sealed class SchemaReferences
{
    /// <summary>Parts of a schema with all references written out.</summary>
    public const int MaxParts = 2_000;

    private readonly JsonElement _schema;
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);
    private int _parts;

    private SchemaReferences(JsonElement schema) => _schema = schema;

    /// <summary>Null, or what is wrong in one clause.</summary>
    public static string? Check(JsonElement schema) => new SchemaReferences(schema).Visit(schema);

    private string? Visit(JsonElement part)
    {
        if (part.ValueKind == JsonValueKind.Array)
        {
            return part.EnumerateArray().Select(Visit).FirstOrDefault(static fault => fault is not null);
        }

        if (part.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        if (++_parts > MaxParts)
        {
            return $"must come to at most {MaxParts} parts when its references are written out";
        }

        // Those are followed by what else was evaluated, or from another place than this one.
        if (part.TryGetProperty("$dynamicRef", out _) || part.TryGetProperty("$recursiveRef", out _)
            || (_parts > 1 && part.TryGetProperty("$id", out JsonElement id) && id.ValueKind == JsonValueKind.String))
        {
            return "must not have $dynamicRef, $recursiveRef, or $id below its root";
        }

        return part.EnumerateObject().Select(member => member.NameEquals("$ref") && member.Value.ValueKind == JsonValueKind.String
            ? Follow(member.Value.GetString()!)
            : Visit(member.Value)).FirstOrDefault(static fault => fault is not null);
    }

    private string? Follow(string reference)
    {
        if (!reference.StartsWith('#'))
        {
            return "must refer to its own parts only: \"$ref\" has to start with \"#\"";
        }

        if (Find(reference) is not { } target)
        {
            return $"refers to \"{reference}\", which is no part of it; a reference is written as #/$defs/name";
        }

        if (!_open.Add(reference))
        {
            return $"must not refer to itself: \"{reference}\" leads back to \"{reference}\"";
        }

        string? fault = Visit(target);
        _open.Remove(reference);
        return fault;
    }

    private JsonElement? Find(string reference)
    {
        JsonElement place = _schema;
        foreach (string step in Uri.UnescapeDataString(reference[1..]).Split('/').Skip(1))
        {
            string name = step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            if (place.ValueKind == JsonValueKind.Object && place.TryGetProperty(name, out JsonElement member))
            {
                place = member;
            }
            else if (place.ValueKind == JsonValueKind.Array && int.TryParse(name, out int index) && index >= 0 && index < place.GetArrayLength())
            {
                place = place[index];
            }
            else
            {
                return null;
            }
        }

        return reference is "#" || reference.StartsWith("#/", StringComparison.Ordinal) ? place : null;
    }
}
