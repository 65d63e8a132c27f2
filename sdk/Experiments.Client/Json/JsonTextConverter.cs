using System.Text.Json;
using System.Text.Json.Serialization;

namespace Experiments.Client.Json;

/// <summary>Reads and writes strings with lone surrogates too: see <see cref="JsonText"/> and <see cref="JsonString"/>.</summary>
internal sealed class JsonTextConverter : JsonConverter<string>
{
    public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String ? JsonText.Read(ref reader) : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WriteRawValue(JsonString.Quote(value), skipInputValidation: true);
}
