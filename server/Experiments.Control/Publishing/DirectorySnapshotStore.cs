using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Experiments.Client.Snapshots;
using Experiments.Control.Storage;

namespace Experiments.Control.Publishing;

/// <summary>
/// A snapshot store in a directory. A file is written beside its place, flushed and renamed, so that nobody ever sees half of one; a
/// lock file per environment keeps other processes out between comparing and renaming. The lock ends with the process.
/// </summary>
internal sealed class DirectorySnapshotStore(string directory, TimeProvider time) : ISnapshotStore
{
    private const string LockFile = ".publish.lock";
    private const string TemporarySuffix = ".tmp";

    // File names of this many bytes are the most that the usual file systems take.
    private const int MaxFolderName = 255;

    private static readonly TimeSpan LockRetry = TimeSpan.FromMilliseconds(20);

    public string Location => directory;

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        if (File.Exists(directory))
        {
            throw new IOException("There is a file where the directory should be.");
        }

        Directory.CreateDirectory(directory);
        string path = Path.Combine(directory, $".{Guid.NewGuid():N}{TemporarySuffix}");
        await using FileStream file = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
        await file.WriteAsync(new byte[1], cancellationToken);
    }

    public async Task<IDisposable> LockAsync(string environment, CancellationToken cancellationToken)
    {
        string escaped = SnapshotKeys.Escape(environment);
        if (escaped.Length > MaxFolderName)
        {
            throw new IOException(
                $"The environment's name is {escaped.Length} bytes long as a folder name; a directory takes {MaxFolderName}. Shorten it, or use S3.");
        }

        string folder = PathOf(SnapshotKeys.Folder(environment));
        Directory.CreateDirectory(folder);
        while (true)
        {
            try
            {
                var held = new FileStream(
                    Path.Combine(folder, LockFile), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
                DeleteLeftovers(folder);
                return held;
            }
            catch (IOException exception) when (FileLock.IsHeldByAnother(exception))
            {
                await Task.Delay(LockRetry, time, cancellationToken);
            }
        }
    }

    public async Task<StoredObject?> ReadAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            byte[] content = await File.ReadAllBytesAsync(PathOf(key), cancellationToken);
            return new StoredObject(content, Convert.ToHexString(SHA256.HashData(content)));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    public async Task<bool> TryCreateAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        string temporary = await WriteTemporaryAsync(key, content, cancellationToken);
        try
        {
            File.Move(temporary, PathOf(key), overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(PathOf(key)))
        {
            File.Delete(temporary);
            return false;
        }
    }

    public async Task<bool> TryReplaceAsync(
        string key, ReadOnlyMemory<byte> content, StoredObject? read, CancellationToken cancellationToken)
    {
        if ((await ReadAsync(key, cancellationToken))?.ETag != read?.ETag)
        {
            return false;
        }

        File.Move(await WriteTemporaryAsync(key, content, cancellationToken), PathOf(key), overwrite: true);
        return true;
    }

    public async IAsyncEnumerable<StoredVersion> ListVersionsAsync(string folder, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var found = new DirectoryInfo(PathOf(folder));
        if (!found.Exists)
        {
            yield break;
        }

        foreach (FileInfo file in found.EnumerateFiles())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (StoredVersion.VersionOf(file.Name) is { } version && file.Exists) // Another run may have deleted it by now.
            {
                yield return new StoredVersion(version, new DateTimeOffset(file.LastWriteTimeUtc), file.Length);
            }
        }

        await Task.CompletedTask;
    }

    public Task DeleteAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            File.Delete(PathOf(key));
        }
        catch (DirectoryNotFoundException)
        {
            // Nor is what would be in it.
        }

        return Task.CompletedTask;
    }

    private async Task<string> WriteTemporaryAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        string path = PathOf(key);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        string temporary = $"{path}.{Guid.NewGuid():N}{TemporarySuffix}";
        try
        {
            await using FileStream file = File.Create(temporary);
            await file.WriteAsync(content, cancellationToken);
            file.Flush(flushToDisk: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }

        return temporary;
    }

    // What a publisher left that was killed while it wrote. Only the holder of the lock writes here, so none of it is in use.
    private static void DeleteLeftovers(string folder)
    {
        foreach (string leftover in Directory.EnumerateFiles(folder, $"*{TemporarySuffix}", SearchOption.AllDirectories))
        {
            File.Delete(leftover);
        }
    }

    private string PathOf(string key) => Path.Combine(directory, key);
}
