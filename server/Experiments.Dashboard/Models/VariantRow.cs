using System.Text.Json;
using Experiments.Control.Definitions;

namespace Experiments.Dashboard.Models;

/// <summary>A variant of an experiment as it is edited.</summary>
internal sealed class VariantRow
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Null for a new one.</summary>
    public Guid? Id { get; init; }

    public string Key { get; set; } = "";

    public string Name { get; set; } = "";

    /// <summary>JSON; empty is no payload.</summary>
    public string Payload { get; set; } = "";

    public string StoredName { get; init; } = "";

    public string StoredPayload { get; init; } = "";

    public bool IsChanged => Id is null || Name != StoredName || Payload != StoredPayload;

    /// <summary>What is wrong with the payload as it is typed; null where nothing is.</summary>
    public string? PayloadFault
    {
        get
        {
            if (string.IsNullOrWhiteSpace(Payload))
            {
                return null;
            }

            try
            {
                return JsonElement.Parse(Payload).ValueKind != JsonValueKind.Object ? "A payload is a JSON object, such as {\"color\": \"#0066cc\"}."
                    : Payload != StoredPayload ? DuplicateMembers.FaultOf(Payload) : null;
            }
            catch (JsonException fault)
            {
                return $"Not JSON yet: line {fault.LineNumber + 1}, character {fault.BytePositionInLine + 1}.";
            }
        }
    }

    public JsonElement? PayloadValue => string.IsNullOrWhiteSpace(Payload) ? null : JsonElement.Parse(Payload);

    public static VariantRow Of(VariantDefinition variant)
    {
        string payload = variant.Payload is { ValueKind: JsonValueKind.Object } json ? JsonSerializer.Serialize(json, Indented) : "";
        return new VariantRow
        {
            Id = variant.Id, Key = variant.Key, Name = variant.Name, Payload = payload, StoredName = variant.Name, StoredPayload = payload,
        };
    }
}
