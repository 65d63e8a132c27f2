using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;

namespace Experiments.Control.Api.Requests;

/// <summary>Reads a request's body as a JSON object, or refuses it with a reason.</summary>
internal static class JsonBody
{
    public const int MaxBytes = 1024 * 1024;
    public const int MaxDepth = 64;

    private const int UnicodeEscapeDigits = 4;
    private const int ChunkBytes = 16 * 1024;

    /// <summary>As <see cref="ReadAsync"/>; without a body it is an object without members.</summary>
    public static async Task<JsonFields> ReadOrEmptyAsync(HttpRequest request) =>
        request.ContentLength is 0 || (request.ContentLength is null && !request.Headers.ContainsKey("transfer-encoding"))
            ? new JsonFields(JsonElement.Parse("{}"u8), "")
            : await ReadAsync(request);

    /// <exception cref="BadHttpRequestException">400, 413 or 415, with a sentence that says why.</exception>
    public static async Task<JsonFields> ReadAsync(HttpRequest request)
    {
        return Read(await ReadBytesAsync(request), MaxDepth);
    }

    /// <param name="body">JSON.</param>
    /// <param name="maxDepth">Levels.</param>
    /// <exception cref="BadHttpRequestException">400, with a sentence that says why.</exception>
    public static JsonFields Read(byte[] body, int maxDepth)
    {
        if (body.Length == 0)
        {
            throw Refuse("The request has no body; a JSON object is expected.");
        }

        if (!Utf8.IsValid(body))
        {
            throw Refuse("The body is not valid UTF-8.");
        }

        JsonElement root = Parse(body, maxDepth);
        if (HasLoneSurrogate(body))
        {
            throw Refuse("The body holds half of a surrogate pair (\\ud800 to \\udfff), which is not text.");
        }

        return root.ValueKind == JsonValueKind.Object
            ? new JsonFields(root, "")
            : throw Refuse($"The body must be a JSON object, not {JsonFields.Describe(root.ValueKind)}.");
    }

    /// <summary>The body as it is, for those who read it by themselves.</summary>
    /// <exception cref="BadHttpRequestException">413 or 415, with a sentence that says why.</exception>
    public static Task<byte[]> ReadBytesAsync(HttpRequest request) => request.HasJsonContentType()
        ? ReadBytesAsync(request, MaxBytes)
        : throw new BadHttpRequestException(
            $"The content type must be application/json, not \"{request.ContentType}\".", StatusCodes.Status415UnsupportedMediaType);

    /// <summary>The body as it is, of whatever content type.</summary>
    /// <exception cref="BadHttpRequestException">413.</exception>
    public static async Task<byte[]> ReadBytesAsync(HttpRequest request, int maxBytes)
    {
        // Not the server's own limit: with that it closes the connection while the rest is still coming, and many clients then see a
        // broken pipe instead of the answer. Without it the server takes the rest off the wire after the answer.
        using var buffer = new MemoryStream();
        byte[] chunk = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        try
        {
            bool isTooLarge = request.ContentLength > maxBytes;
            for (int read = 1; read > 0 && !isTooLarge; isTooLarge = buffer.Length > maxBytes)
            {
                read = await request.Body.ReadAsync(chunk, request.HttpContext.RequestAborted);
                buffer.Write(chunk, 0, read);
            }

            return !isTooLarge
                ? buffer.ToArray()
                : throw new BadHttpRequestException($"The body is larger than {maxBytes} bytes.", StatusCodes.Status413PayloadTooLarge);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
    }

    private static JsonElement Parse(byte[] body, int maxDepth)
    {
        try
        {
            return JsonElement.Parse(body, new JsonDocumentOptions { MaxDepth = maxDepth });
        }
        catch (JsonException exception)
        {
            throw Refuse($"The body is not valid JSON of at most {maxDepth} levels: {exception.Message}");
        }
    }

    /// <param name="json">Valid JSON, so a backslash is always the start of a valid escape inside a string.</param>
    private static bool HasLoneSurrogate(ReadOnlySpan<byte> json)
    {
        char high = '\0';
        int end = 0;
        for (int i = json.IndexOf((byte)'\\'); i >= 0;)
        {
            char unit = ReadUnit(json[(i + 1)..]);
            bool isPair = high != '\0' && i == end && char.IsLowSurrogate(unit);
            if (isPair != char.IsLowSurrogate(unit) || (high != '\0' && !isPair))
            {
                return true;
            }

            high = char.IsHighSurrogate(unit) ? unit : '\0';
            end = i + 2 + (json[i + 1] == (byte)'u' ? UnicodeEscapeDigits : 0);
            int next = json[end..].IndexOf((byte)'\\');
            i = next < 0 ? -1 : end + next;
        }

        return high != '\0';
    }

    private static char ReadUnit(ReadOnlySpan<byte> escape) =>
        escape[0] == (byte)'u' && Utf8Parser.TryParse(escape.Slice(1, UnicodeEscapeDigits), out ushort unit, out _, 'X') ? (char)unit : '\0';

    private static BadHttpRequestException Refuse(string message) => new(message, StatusCodes.Status400BadRequest);
}
