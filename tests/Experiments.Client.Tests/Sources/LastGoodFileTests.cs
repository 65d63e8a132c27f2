using System.Text;
using Experiments.Client.Sources;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Experiments.Client.Tests.Sources;

public sealed class LastGoodFileTests : IDisposable
{
    private const string Sha256OfHello = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    private readonly TempDirectory _directory = new();
    private readonly FakeLogger _logger = new();
    private readonly FakeTimeProvider _time = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task TryRead_WhatWasWritten_ComesBack()
    {
        byte[] content = "hel\nlo\n{\0}"u8.ToArray();
        await File().WriteAsync(new LastGoodContent(content, 7, Sha256(content)), default);
        LastGoodContent read = File().TryRead()!;
        Assert.Equal(content, read.Content.ToArray());
        Assert.Equal(7, read.Version);
        Assert.Equal(Sha256(content), read.Sha256);
        Assert.Single(_directory.Files());
        Assert.Empty(_logger.Collector.GetSnapshot());
    }

    [Fact]
    public async Task WriteAsync_Again_Replaces()
    {
        for (int version = 1; version <= 3; version++)
        {
            byte[] content = Encoding.UTF8.GetBytes($"content {version}");
            await File().WriteAsync(new LastGoodContent(content, version, Sha256(content)), default);
            Assert.Equal(version, File().TryRead()!.Version);
        }

        Assert.Single(_directory.Files());
    }

    [Fact]
    public void TryRead_NoFileOrDirectory_AnswersNullAndIsSilent()
    {
        Assert.Null(File().TryRead());
        Assert.Null(new LastGoodFile(_directory.PathOf("not", "there"), "here", "prod", _time, _logger).TryRead());
        Assert.Empty(_logger.Collector.GetSnapshot());
    }

    [Theory]
    [InlineData("there", "prod")]
    [InlineData("here", "Prod")]
    [InlineData("here", "")]
    [InlineData("here\nprod", "")]
    [InlineData("", "here\nprod")]
    public async Task TryRead_OtherLocationOrEnvironment_IsNeverUsed(string location, string environment)
    {
        await File().WriteAsync(new LastGoodContent("hello"u8.ToArray(), 1, Sha256OfHello), default);
        LastGoodFile other = new(_directory.Path, location, environment, _time, _logger);
        Assert.Null(other.TryRead());

        // Not even where somebody copies the file over.
        if (other.Path != File().Path)
        {
            System.IO.File.Copy(File().Path, other.Path);
        }

        Assert.Null(other.TryRead());
    }

    [Fact]
    public async Task TryRead_TruncatedAtEveryByte_IsIgnored()
    {
        byte[] whole = await WrittenAsync();
        for (int length = 0; length < whole.Length; length++)
        {
            System.IO.File.WriteAllBytes(File().Path, whole[..length]);
            Assert.Null(File().TryRead());
        }
    }

    [Fact]
    public async Task TryRead_AnyByteChanged_IsIgnoredOrHasTheSameContent()
    {
        byte[] whole = await WrittenAsync();
        var random = new Random(3);
        for (int i = 0; i < whole.Length; i++)
        {
            byte[] changed = [.. whole];
            changed[i] ^= (byte)random.Next(1, 256);
            System.IO.File.WriteAllBytes(File().Path, changed);
            Assert.Equal("hello"u8.ToArray(), File().TryRead()?.Content.ToArray() ?? "hello"u8.ToArray());
        }
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("null\nhello")]
    [InlineData("{}\nhello")]
    [InlineData("[]\nhello")]
    [InlineData("{\"location\":\"\\ud800\",\"environment\":\"prod\",\"version\":1,\"sha256\":\"x\"}\nhello")]
    [InlineData("{\"location\":null,\"environment\":\"prod\",\"version\":1,\"sha256\":\"x\"}\nhello")]
    public void TryRead_SomethingElse_IsIgnored(string text)
    {
        System.IO.File.WriteAllText(File().Path, text);
        Assert.Null(File().TryRead());
    }

    [Fact]
    public async Task WriteAsync_UnwritableDirectory_IsLoggedOnceAndAgainAfterASuccess()
    {
        // A file where the directory should be: nobody can write there, root neither.
        string blocked = _directory.PathOf("blocked");
        System.IO.File.WriteAllText(blocked, "");
        var file = new LastGoodFile(blocked, "here", "prod", _time, _logger);
        for (int i = 0; i < 3; i++)
        {
            await file.WriteAsync(new LastGoodContent("hello"u8.ToArray(), 1, Sha256OfHello), default);
        }

        Assert.Equal(1006, Assert.Single(_logger.Collector.GetSnapshot()).Id.Id);
        Assert.Null(file.TryRead());
        System.IO.File.Delete(blocked);
        await file.WriteAsync(new LastGoodContent("hello"u8.ToArray(), 1, Sha256OfHello), default);
        Assert.Equal(1, file.TryRead()!.Version);
    }

    [Fact]
    public async Task WriteAsync_Cancelled_LeavesTheOldFileAndNothingElse()
    {
        await WrittenAsync();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => File().WriteAsync(new LastGoodContent("new"u8.ToArray(), 2, Sha256("new"u8)), cancelled.Token));
        Assert.Equal(1, File().TryRead()!.Version);
        Assert.Single(_directory.Files());
    }

    [Fact]
    public async Task WriteAsync_DiskDoesNotAnswer_EndsInTimeAndWritesTheNewestOnceItDoes()
    {
        using var answers = new ManualResetEventSlim();
        var file = new LastGoodFile(_directory.Path, "here", "prod", _time, _logger)
        {
            Create = path =>
            {
                answers.Wait();
                return System.IO.File.Create(path);
            },
        };
        for (int version = 1; version <= 3; version++)
        {
            Task write = file.WriteAsync(new LastGoodContent("hello"u8.ToArray(), version, Sha256OfHello), default);
            Assert.False(write.IsCompleted);
            _time.Advance(TimeSpan.FromSeconds(10));
            await write;
        }

        Assert.Equal(1006, Assert.Single(_logger.Collector.GetSnapshot()).Id.Id);
        Assert.Null(file.TryRead());
        answers.Set();
        Assert.True(SpinWait.SpinUntil(() => file.TryRead()?.Version == 3, TimeSpan.FromSeconds(30)));
        await file.WriteAsync(new LastGoodContent("hello"u8.ToArray(), 4, Sha256OfHello), default);
        Assert.Equal(4, file.TryRead()!.Version);
        Assert.Single(_directory.Files());
    }

    [Fact]
    public async Task WriteAsync_ConcurrentWriters_AlwaysLeaveOneWholeFile()
    {
        await WrittenAsync();
        Task[] writers = [.. Enumerable.Range(1, 4).Select(writer => Task.Run(async () =>
        {
            for (int i = 0; i < 25; i++)
            {
                byte[] content = Encoding.UTF8.GetBytes(new string((char)('a' + writer), 1_000 * writer));
                await File().WriteAsync(new LastGoodContent(content, writer, Sha256(content)), default);
            }
        }))];
        do
        {
            Assert.NotNull(File().TryRead());
        }
        while (!writers.All(writer => writer.IsCompleted));
        await Task.WhenAll(writers);
        Assert.Single(_directory.Files());
        Assert.Empty(_logger.Collector.GetSnapshot());
    }

    private LastGoodFile File() => new(_directory.Path, "here", "prod", _time, _logger);

    private async Task<byte[]> WrittenAsync()
    {
        await File().WriteAsync(new LastGoodContent("hello"u8.ToArray(), 1, Sha256OfHello), default);
        return System.IO.File.ReadAllBytes(File().Path);
    }

    private static string Sha256(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content));
}
