using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Experiments.Control.Transfer;

/// <summary>Source-generated JSON of documents.</summary>
[JsonSerializable(typeof(TransferDocument))]
internal sealed partial class TransferJsonContext : JsonSerializerContext
{
    /// <summary>For people: indented, and text is readable.</summary>
    public static TransferJsonContext Readable { get; } = new(OptionsOf(isIndented: true));

    /// <summary>For comparing.</summary>
    public static TransferJsonContext Compact { get; } = new(OptionsOf(isIndented: false));

    public static byte[] Write(TransferDocument document) =>
        [.. JsonSerializer.SerializeToUtf8Bytes(document, Readable.TransferDocument), (byte)'\n'];

    private static JsonSerializerOptions OptionsOf(bool isIndented) => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = isIndented,
        NewLine = "\n",
        MaxDepth = DocumentJson.MaxDepth,
        Converters = { new MillisecondTimeConverter() },
    };
}
