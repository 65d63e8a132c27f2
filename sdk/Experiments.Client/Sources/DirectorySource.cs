using System.Security.Cryptography;

namespace Experiments.Client.Sources;

/// <summary>A snapshot store in a directory.</summary>
internal sealed class DirectorySource(string directory) : ISnapshotSource
{
    private readonly string _root = Path.GetFullPath(directory);

    public string Location => _root;

    public async ValueTask<SourceObject> ReadAsync(string key, string? etag, int maxBytes, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> content;
        try
        {
            // Writers replace a file by renaming another over it, also while it is open here.
            await using var file = new FileStream(
                Path.Combine(_root, key), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1, useAsync: true);
            content = await BoundedStream.ReadToEndAsync(file, file.Length, maxBytes, cancellationToken);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException or PathTooLongException)
        {
            return SourceObject.Missing;
        }

        // Of the content and not of the time: two versions can be written within one tick of the file system's clock.
        string current = Convert.ToHexString(SHA256.HashData(content.Span));
        return string.Equals(current, etag, StringComparison.Ordinal) ? SourceObject.NotModified : SourceObject.Found(content, current);
    }
}
