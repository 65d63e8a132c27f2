using Microsoft.Extensions.Logging;

namespace Experiments.Control.Api;

/// <summary>Where a backup is kept until it is whole and sent. The temporary path is often memory, for which a store may be too large.</summary>
/// <param name="directory">Created where it is not there; null, or one that cannot be written to, is the temporary path.</param>
internal sealed partial class BackupSpool(string? directory)
{
    private const int BufferBytes = 1 << 16;

    /// <summary>A new file, to write and then to read, that is gone when it is closed or the process ends.</summary>
    /// <param name="logger">Hears that the directory cannot be used.</param>
    public FileStream Open(ILogger logger)
    {
        if (directory is not null)
        {
            try
            {
                Directory.CreateDirectory(directory);
                return OpenIn(directory);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                LogElsewhere(logger, directory, exception);
            }
        }

        return OpenIn(Path.GetTempPath());
    }

    private static FileStream OpenIn(string directory)
    {
        var file = new FileStream(
            Path.Combine(directory, $"experiments-backup-{Guid.NewGuid():N}"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, BufferBytes,
            FileOptions.DeleteOnClose | FileOptions.Asynchronous);

        // Nobody needs its name any more, and a process that is killed closes nothing. Windows deletes it by itself then.
        if (!OperatingSystem.IsWindows())
        {
            File.Delete(file.Name);
        }

        return file;
    }

    [LoggerMessage(2102, LogLevel.Warning, "A backup cannot be kept in {Directory}; it is kept in the temporary path")]
    private static partial void LogElsewhere(ILogger logger, string directory, Exception exception);
}
