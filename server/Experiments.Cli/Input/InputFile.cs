namespace Experiments.Cli.Input;

/// <summary>Reads a file, or standard input, whole and up to a limit.</summary>
internal static class InputFile
{
    public const string StandardInput = "-";
    public const int MaxBytes = 64 * 1024 * 1024;

    private const int ChunkBytes = 64 * 1024;

    /// <exception cref="CliException">It cannot be read, or is too large.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(string path, CancellationToken cancellation)
    {
        string name = path == StandardInput ? "standard input" : $"\"{path}\"";
        try
        {
            await using Stream stream = path == StandardInput ? Console.OpenStandardInput() : File.OpenRead(path);
            if (stream.CanSeek && stream.Length > MaxBytes)
            {
                throw TooLarge(name);
            }

            return await ReadAsync(stream, name, cancellation);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new CliException(ExitCode.Usage, $"cannot read {name}: {exception.Message}", exception);
        }
    }

    // Not by length: a pipe has none, and a device never ends.
    private static async Task<ReadOnlyMemory<byte>> ReadAsync(Stream stream, string name, CancellationToken cancellation)
    {
        var content = new MemoryStream();
        byte[] chunk = new byte[ChunkBytes];
        while (await stream.ReadAsync(chunk, cancellation).AsTask().WaitAsync(cancellation) is var read and > 0)
        {
            content.Write(chunk, 0, read);
            if (content.Length > MaxBytes)
            {
                throw TooLarge(name);
            }
        }

        return content.GetBuffer().AsMemory(0, (int)content.Length);
    }

    private static CliException TooLarge(string name) => CliException.Usage($"{name} is larger than {MaxBytes / (1024 * 1024)} MiB");
}
