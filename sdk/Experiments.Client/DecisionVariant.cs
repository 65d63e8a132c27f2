using System.Text.Json;

namespace Experiments.Client;

/// <summary>A variant as decisions share it, with its payload prepared for every way of asking.</summary>
internal sealed class DecisionVariant(string? key, string? id)
{
    /// <summary>How deep a payload may nest: those of the older platform have no limit of their own.</summary>
    public const int MaxPayloadDepth = 1024;

    private JsonDocument? _document;

    /// <summary>Null only where it stands for "none".</summary>
    public string? Key => key;

    public string? Id => id;

    /// <summary>JSON; null where there is no payload.</summary>
    public byte[]? PayloadUtf8 { get; init; }

    /// <summary>Of the payload; <see cref="JsonValueKind.Undefined"/> where there is none.</summary>
    public JsonValueKind Kind { get; init; }

    /// <summary>Where the payload is a number.</summary>
    public double Number { get; init; }

    /// <summary>Where the payload is a string.</summary>
    public string? Text { get; init; }

    /// <summary>Parsed when it is first asked for. Two threads may both do it; either result will do, and neither rents memory that it
    /// would have to give back.</summary>
    public JsonElement Payload
    {
        get
        {
            if (PayloadUtf8 is null)
            {
                return default;
            }

            JsonDocument document = Volatile.Read(ref _document) ?? Parse(PayloadUtf8);
            Volatile.Write(ref _document, document);
            return document.RootElement;
        }
    }

    private static JsonDocument Parse(byte[] payload) =>
        JsonDocument.Parse(payload.AsMemory(), new JsonDocumentOptions { MaxDepth = MaxPayloadDepth });
}
