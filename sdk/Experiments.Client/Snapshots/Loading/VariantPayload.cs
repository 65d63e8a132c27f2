using System.Text.Json;
using Experiments.Client.Json;

namespace Experiments.Client.Snapshots.Loading;

/// <summary>A payload as it stands in the snapshot; the default is none.</summary>
/// <param name="Kind">Of the value.</param>
/// <param name="Start">In the JSON.</param>
/// <param name="Length">In bytes.</param>
/// <param name="Number">Where it is a number.</param>
/// <param name="Text">Where it is a string.</param>
internal readonly record struct VariantPayload(JsonValueKind Kind, int Start, int Length, double Number, string? Text)
{
    /// <summary>The value that the reader stands on; moves to its end.</summary>
    public static VariantPayload Read(ref Utf8JsonReader reader)
    {
        JsonValueKind kind = KindOf(reader.TokenType);
        int start = (int)reader.TokenStartIndex;
        double number = kind == JsonValueKind.Number ? reader.GetDouble() : 0;
        string? text = kind == JsonValueKind.String ? JsonText.Read(ref reader) : null;
        reader.Skip();
        return new VariantPayload(kind, start, (int)reader.BytesConsumed - start, number, text);
    }

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
