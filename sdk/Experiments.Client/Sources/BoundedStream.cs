namespace Experiments.Client.Sources;

/// <summary>Reads a stream to its end, up to a limit.</summary>
internal static class BoundedStream
{
    public static ValueTask<ReadOnlyMemory<byte>> ReadToEndAsync(
        Stream stream, long? length, int maxBytes, CancellationToken cancellationToken) =>
        ReadToEndAsync(stream, length, maxBytes, static () => { }, cancellationToken);

    /// <param name="stream">Read from where it is.</param>
    /// <param name="length">What was announced; null or negative where nothing was.</param>
    /// <param name="maxBytes">More is an <see cref="InvalidDataException"/>.</param>
    /// <param name="onBytes">Called after each piece.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async ValueTask<ReadOnlyMemory<byte>> ReadToEndAsync(
        Stream stream, long? length, int maxBytes, Action onBytes, CancellationToken cancellationToken)
    {
        if (length > maxBytes)
        {
            throw TooLarge(maxBytes);
        }

        length = length >= 0 ? length : null; // The S3 client answers -1 where the server announced none.
        byte[] buffer = new byte[length ?? 4096];
        int filled = 0;
        while (true)
        {
            if (filled == buffer.Length)
            {
                // One byte more than was announced tells an exact end from a longer object.
                Array.Resize(ref buffer, length is null ? buffer.Length * 2 : buffer.Length + 1);
            }

            int read = await stream.ReadAsync(buffer.AsMemory(filled), cancellationToken);
            if (read == 0)
            {
                return buffer.AsMemory(0, filled);
            }

            onBytes();
            filled += read;
            if (filled > maxBytes)
            {
                throw TooLarge(maxBytes);
            }

            length = filled > length ? null : length;
        }
    }

    private static InvalidDataException TooLarge(int maxBytes) => new($"The object is larger than {maxBytes} bytes.");
}
