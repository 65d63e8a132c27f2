using Experiments.Control.Storage;
using Experiments.Control.Storage.LiteDb;

namespace Experiments.Control.Tests.Storage.LiteDb;

public sealed class LiteDbFileTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    private string DatabasePath => _directory.PathOf("experiments.db");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Open_DirectoryIsNotThere_CreatesItAndOneFileIsLeftAfterDispose()
    {
        string directory = _directory.PathOf("new", "data");

        await using (LiteDbDefinitionStore store = new(directory))
        {
            await store.AddEnvironmentAsync("prod");
        }

        Assert.Equal(["new/data/experiments.db"], _directory.Files());
    }

    [Fact]
    public async Task Open_InUse_SaysSoAndTheFirstGoesOn()
    {
        await using LiteDbDefinitionStore first = new(_directory.Path);
        await first.AddEnvironmentAsync("a");

        StoreFailureException refused = Assert.Throws<StoreFailureException>(() => new LiteDbDefinitionStore(_directory.Path));

        Assert.Contains($"\"{DatabasePath}\" is in use by another process", refused.Message, StringComparison.Ordinal);
        Assert.Contains("another Experiments:DataDirectory", refused.Message, StringComparison.Ordinal);
        await first.AddEnvironmentAsync("b");
        Assert.Equal(2, (await first.ListEnvironmentsAsync()).Total);
    }

    [Fact]
    public async Task Open_ManyAtOnceOnAnEmptyDirectory_OneWinsAndNothingIsLeftBehind()
    {
        object[] outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run<object>(() =>
        {
            try
            {
                return new LiteDbDefinitionStore(_directory.Path);
            }
            catch (StoreFailureException refused)
            {
                return refused;
            }
        })));

        LiteDbDefinitionStore winner = Assert.Single(outcomes.OfType<LiteDbDefinitionStore>());
        await winner.AddEnvironmentAsync("a");
        await winner.DisposeAsync();
        Assert.Equal(["experiments.db"], _directory.Files());
    }

    [Fact]
    public void Open_LogWithoutDatabase_IsRefusedAndLeftAlone()
    {
        File.WriteAllBytes(_directory.PathOf("experiments-log.db"), new byte[8192]);

        StoreFailureException refused = Assert.Throws<StoreFailureException>(() => new LiteDbDefinitionStore(_directory.Path));

        Assert.Contains("is missing, but its log", refused.Message, StringComparison.Ordinal);
        Assert.Equal(["experiments-log.db"], _directory.Files());
    }

    [Fact]
    public void Open_DirectoryIsAFile_SaysSo()
    {
        string path = _directory.PathOf("file");
        File.WriteAllText(path, "");

        StoreFailureException refused = Assert.Throws<StoreFailureException>(() => new LiteDbDefinitionStore(path));

        Assert.Contains(path, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(40)]
    public async Task Write_ReturnedAndNothingWasClosed_IsInTheFiles(int writes)
    {
        // What a kill leaves behind: the files as they are at that moment. LiteDB's log writer is late at the first write after an open.
        await using LiteDbDefinitionStore store = new(_directory.PathOf("data"));
        for (int i = 1; i <= writes; i++)
        {
            await store.AddEnvironmentAsync($"e{i}");
        }

        await using ChildProcess copy = await ChildProcess.StartAsync("cp", "cp", ["-r", "data", "copy"], _directory.Path);
        Assert.Equal(0, await copy.WaitForExitAsync());

        await using LiteDbDefinitionStore killed = new(_directory.PathOf("copy"));
        Assert.Equal(writes, (await killed.ListEnvironmentsAsync()).Items.Count);
    }
}
