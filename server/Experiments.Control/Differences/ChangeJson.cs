using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Experiments.Control.Differences;

/// <summary>Values before and after as JSON.</summary>
internal static class ChangeJson
{
    // Payloads may be as deep as the API lets them; a resource adds a few levels around them.
    private static readonly JsonDocumentOptions ReaderOptions = new() { MaxDepth = int.MaxValue };

    private static readonly JsonWriterOptions WriterOptions =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = int.MaxValue };

    public static JsonElement? Of(string? text) => Of(text is null ? null : JsonValue.Create(text));

    public static JsonElement? Of(long number) => Of(JsonValue.Create(number));

    public static JsonElement? Of(bool value) => Of(JsonValue.Create(value));

    /// <summary>Null where the value is absent or null.</summary>
    public static JsonElement? Of(JsonElement? value) => value is { ValueKind: not JsonValueKind.Undefined } ? value : null;

    public static JsonElement? Of(JsonNode? node) => node is null ? null : JsonElement.Parse(Write(node), ReaderOptions);

    public static string TextOf(JsonNode node) => System.Text.Encoding.UTF8.GetString(Write(node));

    public static JsonNode? Node(JsonElement? value) => value switch
    {
        { ValueKind: JsonValueKind.Object } => JsonObject.Create(value.Value),
        { ValueKind: JsonValueKind.Array } => JsonArray.Create(value.Value),
        { ValueKind: not JsonValueKind.Undefined } => JsonValue.Create(value.Value),
        _ => null,
    };

    public static JsonArray Array(IEnumerable<JsonNode?> nodes) => [.. nodes];

    public static JsonArray Array(IEnumerable<string> texts) => [.. texts.Select(static text => JsonValue.Create(text))];

    private static ReadOnlySpan<byte> Write(JsonNode node)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
        {
            node.WriteTo(writer);
        }

        return buffer.WrittenSpan;
    }
}
