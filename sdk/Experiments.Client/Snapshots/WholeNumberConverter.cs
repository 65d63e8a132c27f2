using System.Text.Json;
using System.Text.Json.Serialization;

namespace Experiments.Client.Snapshots;

/// <summary>Reads integers however JSON spells them: <c>1</c>, <c>1.0</c> and <c>1e0</c> are the same number, to JavaScript and to the schema.</summary>
internal sealed class WholeNumberConverter : JsonConverter<long>
{
    // Above this a double no longer tells neighbours apart.
    private const double MaxExact = 9007199254740991;

    /// <summary>The integer that a JSON number stands for, or false.</summary>
    public static bool TryRead(JsonElement number, out long value) => number.TryGetInt64(out value) || TryConvert(number.GetDouble(), out value);

    /// <summary>The integer that the number the reader stands on stands for, or false.</summary>
    public static bool TryRead(ref Utf8JsonReader reader, out long value) =>
        reader.TryGetInt64(out value) || TryConvert(reader.GetDouble(), out value);

    public override long Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number && TryRead(ref reader, out long value) ? value : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, long value, JsonSerializerOptions options) => writer.WriteNumberValue(value);

    private static bool TryConvert(double number, out long value)
    {
        bool isWhole = Math.Abs(number) <= MaxExact && Math.Truncate(number) == number;
        value = isWhole ? (long)number : 0;
        return isWhole;
    }
}
