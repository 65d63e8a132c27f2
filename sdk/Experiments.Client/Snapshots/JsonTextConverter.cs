using System.Text.Json;
using System.Text.Json.Serialization;
using Experiments.Client.Targeting;

namespace Experiments.Client.Snapshots;

/// <summary>Reads strings with lone surrogates too: see <see cref="JsonText"/>.</summary>
internal sealed class JsonTextConverter : JsonConverter<string>
{
    public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String ? JsonText.Read(ref reader) : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
