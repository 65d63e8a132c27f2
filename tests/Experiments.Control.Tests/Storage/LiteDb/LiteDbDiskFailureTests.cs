using Experiments.Control.Storage;
using Experiments.Control.Definitions;
using Experiments.Control.Storage.LiteDb;

namespace Experiments.Control.Tests.Storage.LiteDb;

public sealed class LiteDbDiskFailureTests : IAsyncLifetime
{
    private readonly TempDirectory _directory = new();
    private readonly UnreliablePageFile.Disk _disk = new();
    private LiteDbDefinitionStore _store = null!;

    public async Task InitializeAsync()
    {
        _store = new LiteDbDefinitionStore(_directory.Path, (path, isLog) => new UnreliablePageFile(path, isLog, _disk));
        await _store.AddEnvironmentAsync("before");
    }

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        _directory.Dispose();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Write_LogDiskFillsUp_FailsAndKeepsNothingAndGoesOnWhenThereIsSpace(int pagesLeft)
    {
        _disk.PagesLeftForLog = pagesLeft;

        StoreFailureException failure = await Assert.ThrowsAsync<StoreFailureException>(() => AddManyAsync("full", 20));
        Assert.Contains("No space left on device", failure.Message, StringComparison.Ordinal);
        Assert.Contains(_directory.PathOf("experiments.db"), failure.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<StoreFailureException>(() => _store.AddEnvironmentAsync("still full"));
        Assert.Equal(["before"], (await _store.ListEnvironmentsAsync()).Items.Select(environment => environment.Name));
        Assert.Equal(0, (await _store.ListExperimentsAsync()).Total);

        _disk.PagesLeftForLog = int.MaxValue;
        await AddManyAsync("after", 20);
        Assert.Equal(20, (await _store.ListExperimentsAsync()).Total);
    }

    [Fact]
    public async Task Inspect_FlushFails_SaysSoUntilTheDiskIsWellAgain()
    {
        StoreCondition condition = await _store.InspectAsync();
        Assert.Equal((_directory.PathOf("experiments.db"), true, true), (condition.Location, condition.Bytes > 0, condition.FreeBytes > 0));

        _disk.IsFlushBroken = true;
        await Assert.ThrowsAsync<StoreFailureException>(() => _store.InspectAsync());

        _disk.IsFlushBroken = false;
        await AddManyAsync("more", 200);
        Assert.True((await _store.InspectAsync()).Bytes > condition.Bytes);
    }

    [Fact]
    public async Task Write_FlushFails_FailsAndNextWriteWorks()
    {
        _disk.IsFlushBroken = true;
        await Assert.ThrowsAsync<StoreFailureException>(() => _store.AddEnvironmentAsync("lost or not"));

        _disk.IsFlushBroken = false;
        await _store.AddEnvironmentAsync("after");
        Assert.Contains("after", (await _store.ListEnvironmentsAsync()).Items.Select(environment => environment.Name));
    }

    [Fact]
    public async Task Write_DataDiskIsFullWhenTheLogIsMovedThere_KeepsEverythingInTheLog()
    {
        _disk.IsDataFull = true;
        for (int batch = 0; batch < 4; batch++)
        {
            await AddManyAsync($"batch {batch}", 300);
        }

        Assert.Equal(1200, (await _store.ListExperimentsAsync()).Total);
        _disk.IsDataFull = false;
        await AddManyAsync("after", 1);
        await _store.DisposeAsync();

        Assert.Equal(["experiments.db"], _directory.Files());
        _store = new LiteDbDefinitionStore(_directory.Path);
        Assert.Equal(1201, (await _store.ListExperimentsAsync()).Items.Count);
    }

    [Fact]
    public async Task Write_Returns_LogWasFlushedOnce()
    {
        int before = _disk.Flushes;

        await _store.AddEnvironmentAsync("a");

        Assert.Equal(before + 1, _disk.Flushes);
    }

    private Task<bool> AddManyAsync(string prefix, int count) => _store.WriteAsync(async writer =>
    {
        Guid environmentId = Guid.NewGuid();
        for (int i = 0; i < count; i++)
        {
            ExperimentDefinition large = Samples.Experiment(environmentId, $"{prefix} {i}") with { Description = new string('x', 2_000) };
            await writer.InsertAsync(large);
        }

        return true;
    });
}
