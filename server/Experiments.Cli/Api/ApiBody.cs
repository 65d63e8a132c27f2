using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Json;
using Experiments.Cli.Input;

namespace Experiments.Cli.Api;

/// <summary>Bodies of requests.</summary>
internal static class ApiBody
{
    private const string JsonMediaType = "application/json";

    /// <param name="write">Writes the members of the object.</param>
    public static HttpContent Of(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return Of(buffer.WrittenMemory, JsonMediaType);
    }

    public static HttpContent Of(FileContent file) => Of(file.Bytes, file.MediaType);

    private static ReadOnlyMemoryContent Of(ReadOnlyMemory<byte> bytes, string mediaType) =>
        new(bytes) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) { CharSet = "utf-8" } } };
}
