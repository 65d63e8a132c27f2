namespace Experiments.Client.Sources;

/// <summary>Reads a stream to its end, up to a limit.</summary>
internal static class BoundedStream
{
    private const int MinBytes = 4096;

    // An announcement costs the sender nothing: beyond this the buffer grows with what has come.
    private const int MaxAnnouncedBytes = 64 * 1024 * 1024;

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
        byte[] buffer = GC.AllocateUninitializedArray<byte>((int)Math.Min(length ?? MinBytes, MaxAnnouncedBytes));
        int filled = 0;
        while (true)
        {
            // One byte more tells an exact end from a longer object, in a buffer of its own: a large object must not be copied for it.
            bool isFull = filled == buffer.Length;
            Memory<byte> free = isFull ? new byte[1] : buffer.AsMemory(filled);
            int read = await stream.ReadAsync(free, cancellationToken);
            if (read == 0)
            {
                return buffer.AsMemory(0, filled);
            }

            onBytes();
            if (filled + read > maxBytes)
            {
                throw TooLarge(maxBytes);
            }

            if (isFull)
            {
                Array.Resize(ref buffer, Math.Max(MinBytes, buffer.Length * 2));
                buffer[filled] = free.Span[0];
            }

            filled += read;
        }
    }

    private static InvalidDataException TooLarge(int maxBytes) => new($"The object is larger than {maxBytes} bytes.");
}
