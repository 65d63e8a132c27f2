using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Experiments.Control.Transfer;

/// <summary>Values of documents in one form, however they were written.</summary>
internal static class DocumentJson
{
    /// <summary>A payload may nest 64 levels by itself; the document adds its own.</summary>
    public const int MaxDepth = 96;

    private static readonly JsonWriterOptions WriterOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = MaxDepth,
    };

    public static JsonElement Parse(ReadOnlySpan<byte> json) => JsonElement.Parse(json, new JsonDocumentOptions { MaxDepth = MaxDepth });

    /// <summary>Without blanks, and with the same escapes; numbers keep their digits.</summary>
    public static JsonElement Compact(JsonElement value) => value.ValueKind is JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.String
        ? Parse(Write(value))
        : value;

    /// <summary>The stored value where the given one is the same but for its form: another form is no change.</summary>
    public static JsonElement KeepSame(JsonElement? stored, JsonElement given) =>
        stored is { } present && present.ValueKind == given.ValueKind && Write(present).SequenceEqual(Write(given)) ? present : given;

    public static bool AreSame<T>(T one, T other, JsonTypeInfo<T> type) => ReferenceEquals(one, other)
        || JsonSerializer.SerializeToUtf8Bytes(one, type).AsSpan().SequenceEqual(JsonSerializer.SerializeToUtf8Bytes(other, type));

    private static ReadOnlySpan<byte> Write(JsonElement value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
        {
            value.WriteTo(writer);
        }

        return buffer.WrittenSpan;
    }
}
