using Experiments.Cli.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace Experiments.Cli.Tests;

/// <summary>What backup makes of an answer that is no whole archive: an error, and the file of before.</summary>
public sealed class BackupTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public static TheoryData<string, byte[]> Broken => new()
    {
        { "without its end", ArchiveFile.WithoutEnd },
        { "started twice", ArchiveFile.StartedTwice },
        { "two in one", ArchiveFile.Twice },
        { "another number of records", ArchiveFile.Changed },
        { "cut off", ArchiveFile.Whole[..^20] },
        { "nothing", Array.Empty<byte>() },
    };

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Backup_WholeArchive_IsWrittenInPlaceOfTheOneOfBefore()
    {
        await using CannedServer server = await StartAsync(ArchiveFile.Whole);
        string file = await WriteBeforeAsync();

        Assert.Contains($"wrote {file}", (await new CliTool(server.Url).RunAsync("backup", "-o", file)).Ends(0).Error, StringComparison.Ordinal);

        Assert.Equal([file], Directory.GetFiles(_directory.Path));
        Assert.Equal(ArchiveFile.Whole, await File.ReadAllBytesAsync(file));
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task Backup_NotOneWholeArchive_IsAnErrorAndTheFileOfBeforeStays(string what, byte[] answer)
    {
        await using CannedServer server = await StartAsync(answer);
        string file = await WriteBeforeAsync();

        CliResult refused = await new CliTool(server.Url).RunAsync("backup", "-o", file);

        Assert.True(refused.ExitCode == 1, $"{what}: {refused}");
        Assert.Contains("no whole backup", refused.Error, StringComparison.Ordinal);
        await ExpectBeforeAsync(file);
    }

    [Fact]
    public async Task Backup_ConnectionBreaksMeanwhile_IsAnErrorAndTheFileOfBeforeStays()
    {
        await using CannedServer server = await StartAsync(ArchiveFile.Whole, breaksOff: true);
        string file = await WriteBeforeAsync();

        (await new CliTool(server.Url).RunAsync("backup", "-o", file)).Ends(1);

        await ExpectBeforeAsync(file);
    }

    [Fact]
    public async Task Backup_NoAnswerWithinTheTimeoutThatIsGiven_EndsWith3AndTheFileOfBeforeStays()
    {
        await using CannedServer server = await CannedServer.StartAsync(static (context, _) =>
            Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(static _ => { }, TaskScheduler.Default));
        string file = await WriteBeforeAsync();

        CliResult result = (await new CliTool(server.Url).RunAsync("backup", "-o", file, "--timeout", "0.3")).Ends(3);

        Assert.Contains("did not answer within 0.3 s", result.Error, StringComparison.Ordinal);
        await ExpectBeforeAsync(file);
    }

    // One byte that was promised never comes: the server closes the connection after all the others. A reset could overtake them.
    private static Task<CannedServer> StartAsync(byte[] answer, bool breaksOff = false) => CannedServer.StartAsync(async (context, _) =>
    {
        context.Response.ContentType = "application/gzip";
        context.Response.ContentLength = answer.Length + (breaksOff ? 1 : 0);
        await context.Response.Body.WriteAsync(answer);
    });

    private async Task<string> WriteBeforeAsync()
    {
        string file = _directory.PathOf("backup.ndjson.gz");
        await File.WriteAllTextAsync(file, "before");
        return file;
    }

    private async Task ExpectBeforeAsync(string file)
    {
        Assert.Equal([file], Directory.GetFiles(_directory.Path));
        Assert.Equal("before", await File.ReadAllTextAsync(file));
    }
}
