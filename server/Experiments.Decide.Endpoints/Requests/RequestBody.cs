using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;

namespace Experiments.Decide.Endpoints.Requests;

/// <summary>Reads a body of limited size.</summary>
internal static class RequestBody
{
    public const int MaxBytes = 1024 * 1024;

    public const int TooLarge = -1;

    private const int FirstRead = 4096;

    private const string Utf8Name = "utf-8";

    /// <summary>JSON of whatever kind, in UTF-8 or without a word about it.</summary>
    public static bool IsJson(HttpRequest request) => request.HasJsonContentType()
        && MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type)
        && (type.CharSet is not { } charset || charset.Trim('"').Equals(Utf8Name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads the body into <see cref="DecideRequest.Bytes"/>.</summary>
    /// <returns>Its length, or <see cref="TooLarge"/>. Then the rest is left to Kestrel, which reads and drops it for a few seconds,
    /// so that a client that is still sending gets the answer instead of a connection reset.</returns>
    public static async ValueTask<int> ReadAsync(HttpRequest httpRequest, DecideRequest request, CancellationToken cancellationToken)
    {
        if (httpRequest.ContentLength > MaxBytes)
        {
            return TooLarge;
        }

        int length = 0;
        while (true)
        {
            // Grows with what arrives and not with what was announced.
            request.Reserve(length + FirstRead);
            int read = await httpRequest.Body.ReadAsync(request.Bytes.AsMemory(length), cancellationToken);
            if (read == 0)
            {
                return length;
            }

            length += read;
            if (length > MaxBytes)
            {
                return TooLarge;
            }
        }
    }
}
