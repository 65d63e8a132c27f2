using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Experiments.Client.Sources;

/// <summary>
/// The last good snapshot of one environment of one store, on disk. One file: a line of JSON that says what it is, then the snapshot's
/// bytes. It is never used for another store or environment, and not where its bytes are not the ones that were written.
/// </summary>
internal sealed partial class LastGoodFile
{
    private const byte LineFeed = (byte)'\n';
    private const int NameBytes = 16;

    // A disk that does not answer by then, such as a share whose server is away, does not hold up the polls.
    private static readonly TimeSpan WriteTimeout = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(1);

    private readonly string _location;
    private readonly string _environment;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private Task _writing = Task.CompletedTask;
    private LastGoodContent? _next;
    private bool _writeFailed;

    public LastGoodFile(string directory, string location, string environment, TimeProvider time, ILogger logger)
    {
        _location = location;
        _environment = environment;
        _time = time;
        _logger = logger;

        // A location may hold any character and an environment 64 of them: the name is their hash.
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{location}\n{environment}"));
        Path = System.IO.Path.GetFullPath(System.IO.Path.Combine(directory, Convert.ToHexStringLower(hash.AsSpan(0, NameBytes)) + ".snapshot"));
    }

    public string Path { get; }

    /// <summary>Creates the file that is written and then renamed.</summary>
    internal Func<string, FileStream> Create { get; init; } = File.Create;

    /// <summary>Null where there is no file, or none that can be trusted.</summary>
    public LastGoodContent? TryRead()
    {
        try
        {
            ReadOnlyMemory<byte> file = File.ReadAllBytes(Path);
            int lineEnd = file.Span.IndexOf(LineFeed);
            if (lineEnd < 0)
            {
                return null;
            }

            LastGoodHeader? header = JsonSerializer.Deserialize(file.Span[..lineEnd], LastGoodJsonContext.Default.LastGoodHeader);
            ReadOnlyMemory<byte> content = file[(lineEnd + 1)..];
            bool isOurs = header is not null && header.Location == _location && header.Environment == _environment
                && header.Sha256 == Convert.ToHexStringLower(SHA256.HashData(content.Span));
            return isOurs ? new LastGoodContent(content, header!.Version, header.Sha256) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            if (exception is not (FileNotFoundException or DirectoryNotFoundException))
            {
                LogReadFailed(_logger, _environment, Path, exception.Message);
            }

            return null;
        }
    }

    /// <summary>Replaces the file: written beside it, flushed, renamed. A failure is logged once and changes nothing for the caller. Where
    /// the disk does not answer in time this ends all the same; once it answers, the newest content is written. One call at a time.</summary>
    public async Task WriteAsync(LastGoodContent content, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Volatile.Write(ref _next, content);
        try
        {
            while (Volatile.Read(ref _next) is not null || !_writing.IsCompleted)
            {
                if (_writing.IsCompleted)
                {
                    _writing = Task.Run(WriteNext, CancellationToken.None);
                }

                await _writing.WaitAsync(WriteTimeout, _time, cancellationToken);
            }
        }
        catch (TimeoutException)
        {
            ReportWriteFailure("the disk does not answer");
        }
        catch (OperationCanceledException)
        {
            // A program that stops just after a snapshot has come finds it at its next start.
            await Task.WhenAny(_writing, Task.Delay(StopPatience, _time, CancellationToken.None));
            throw;
        }
    }

    private void WriteNext()
    {
        while (Interlocked.Exchange(ref _next, null) is { } content)
        {
            Write(content);
        }
    }

    private void Write(LastGoodContent content)
    {
        string temporary = $"{Path}.{Guid.NewGuid():N}.tmp";
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
            byte[] header = JsonSerializer.SerializeToUtf8Bytes(
                new LastGoodHeader { Location = _location, Environment = _environment, Version = content.Version, Sha256 = content.Sha256 },
                LastGoodJsonContext.Default.LastGoodHeader);
            using (FileStream file = Create(temporary))
            {
                file.Write(header);
                file.WriteByte(LineFeed);
                file.Write(content.Content.Span);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, Path, overwrite: true);
            Volatile.Write(ref _writeFailed, false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            ReportWriteFailure(exception.Message);
        }
        finally
        {
            // Nothing to delete after the rename; after a failure this leaves nothing behind.
            TryDelete(temporary);
        }
    }

    private void ReportWriteFailure(string problem)
    {
        if (!Interlocked.Exchange(ref _writeFailed, true))
        {
            LogWriteFailed(_logger, _environment, Path, problem);
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The disk that refused the write may refuse this too.
        }
    }

    [LoggerMessage(1006, LogLevel.Warning, "Environment {Environment}: cannot write last good file {Path}: {Problem}")]
    private static partial void LogWriteFailed(ILogger logger, string environment, string path, string problem);

    [LoggerMessage(1007, LogLevel.Warning, "Environment {Environment}: cannot read last good file {Path}: {Problem}")]
    private static partial void LogReadFailed(ILogger logger, string environment, string path, string problem);
}
