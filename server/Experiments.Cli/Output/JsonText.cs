using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Experiments.Cli.Output;

/// <summary>JSON for people and programs: indented, letters as they are.</summary>
internal static class JsonText
{
    private static readonly JsonWriterOptions s_oneLine = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        // What the server sent is valid already, and may nest deeper than a writer likes.
        SkipValidation = true,
        MaxDepth = 1024,
    };

    private static readonly JsonWriterOptions s_indented = s_oneLine with { Indented = true, NewLine = "\n" };

    public static string Of(JsonElement json) => Of(json.WriteTo, s_indented);

    /// <summary>Without any blanks that are not part of a text.</summary>
    public static string OneLine(JsonElement json) => Of(json.WriteTo, s_oneLine);

    public static string Of(IEnumerable<JsonElement> items) => Of(writer =>
    {
        writer.WriteStartArray();
        foreach (JsonElement item in items)
        {
            item.WriteTo(writer);
        }

        writer.WriteEndArray();
    }, s_indented);

    private static string Of(Action<Utf8JsonWriter> write, JsonWriterOptions options)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, options))
        {
            write(writer);
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }
}
