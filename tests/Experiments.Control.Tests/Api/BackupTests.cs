using System.Net;
using Experiments.Control.Api;
using Experiments.Control.Storage.Archive;
using Experiments.Control.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Experiments.Control.Tests.Api;

/// <summary>A backup, and where it is kept until it is sent.</summary>
public sealed class BackupTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Get_WithASpool_AnswersAWholeArchiveAndLeavesNothing()
    {
        string spool = _directory.PathOf("spool");
        using TempDirectory data = new();
        await using ControlServer server = await ControlServer.StartAsync(data, services: services => services.AddSingleton(new BackupSpool(spool)));
        (await server.Api.PostAsync("/environments", new { name = "prod" })).Expect(HttpStatusCode.Created);

        Answer answer = (await server.Api.GetAsync("/backup")).Expect(HttpStatusCode.OK);

        Assert.Equal("application/gzip", answer.ContentType);
        using MemoryStream archive = new(answer.Body);
        Assert.Equal(answer.Header("x-archive-sha256"), StoreArchive.Check(archive).Sha256);
        Assert.Empty(Directory.GetFiles(spool));
    }

    [Fact]
    public async Task Open_DirectoryThatIsNotThere_MakesItAndKeepsTheFileInIt()
    {
        string spool = _directory.PathOf("new");
        await using (FileStream file = new BackupSpool(spool).Open(NullLogger.Instance))
        {
            Assert.Equal(spool, Path.GetDirectoryName(file.Name));
            await ExpectWritableAsync(file);
        }

        Assert.Empty(Directory.GetFiles(spool));
    }

    [Fact]
    public async Task Open_WithoutADirectory_KeepsTheFileInTheTemporaryPath()
    {
        await using FileStream file = new BackupSpool(directory: null).Open(NullLogger.Instance);

        Assert.Equal(Path.GetFullPath(Path.GetTempPath()).TrimEnd(Path.DirectorySeparatorChar), Path.GetDirectoryName(file.Name));
        await ExpectWritableAsync(file);
    }

    [Fact]
    public async Task Open_DirectoryThatCannotBeUsed_KeepsTheFileInTheTemporaryPath()
    {
        string taken = _directory.PathOf("taken");
        await File.WriteAllTextAsync(taken, "no directory");

        await using FileStream file = new BackupSpool(Path.Combine(taken, "spool")).Open(NullLogger.Instance);

        Assert.DoesNotContain(taken, file.Name, StringComparison.Ordinal);
        await ExpectWritableAsync(file);
    }

    private static async Task ExpectWritableAsync(FileStream file)
    {
        await file.WriteAsync("kept"u8.ToArray());
        file.Position = 0;
        using StreamReader reader = new(file, leaveOpen: true);
        Assert.Equal("kept", await reader.ReadToEndAsync());
    }
}
