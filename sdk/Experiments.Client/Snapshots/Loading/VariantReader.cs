using System.Text.Json;
using Experiments.Client.Json;

namespace Experiments.Client.Snapshots.Loading;

/// <summary>Prepares variants.</summary>
internal static class VariantReader
{
    /// <summary>A variant whose payload is the value that the reader stands on; moves to its end.</summary>
    public static DecisionVariant Read(string? key, string? id, ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8Json) => new(key, id)
    {
        Kind = KindOf(reader.TokenType),
        Number = reader.TokenType == JsonTokenType.Number ? reader.GetDouble() : 0,
        Text = reader.TokenType == JsonTokenType.String ? JsonText.Read(ref reader) : null,
        PayloadUtf8 = JsonTokens.ReadRaw(ref reader, utf8Json),
    };

    private static JsonValueKind KindOf(JsonTokenType token) => token switch
    {
        JsonTokenType.String => JsonValueKind.String,
        JsonTokenType.Number => JsonValueKind.Number,
        JsonTokenType.True => JsonValueKind.True,
        JsonTokenType.False => JsonValueKind.False,
        JsonTokenType.Null => JsonValueKind.Null,
        JsonTokenType.StartArray => JsonValueKind.Array,
        _ => JsonValueKind.Object,
    };
}
