using System.Text.Json;
using System.Text.Json.Serialization;
using Experiments.Control.Definitions;

namespace Experiments.Control.Transfer;

/// <summary>Times as the API writes them.</summary>
internal sealed class MillisecondTimeConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(UtcTime.Write(value));
}
