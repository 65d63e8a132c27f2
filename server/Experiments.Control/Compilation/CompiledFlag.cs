using System.Text.Json;

namespace Experiments.Control.Compilation;

/// <summary>A flag of snapshot format 2.</summary>
internal sealed record CompiledFlag
{
    public required string Key { get; init; }

    public required string Type { get; init; }

    public bool IsEnabled { get; init; } = true;

    public string? Off { get; init; }

    public string? Default { get; init; }

    public required IReadOnlyList<(string Key, JsonElement? Value)> Variants { get; init; }

    public required IReadOnlyList<CompiledRule> Rules { get; init; }

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("key", Key);
        writer.WriteString("type", Type);
        if (!IsEnabled)
        {
            writer.WriteBoolean("enabled", false);
        }

        writer.WriteString("off", Off);
        writer.WriteString("default", Default);
        writer.WriteStartObject("variants");
        foreach ((string key, JsonElement? value) in Variants)
        {
            writer.WritePropertyName(key);
            if (value is { } json)
            {
                json.WriteTo(writer);
            }
            else
            {
                writer.WriteNullValue();
            }
        }

        writer.WriteEndObject();
        writer.WriteStartArray("rules");
        foreach (CompiledRule rule in Rules)
        {
            rule.Write(writer);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
