using System.Text;
using Experiments.Client.Snapshots;
using Experiments.Client.Snapshots.Loading;
using Experiments.Client.Sources;
using Experiments.Control.Publishing;
using Experiments.Control.Storage;
using Experiments.Control.Tests.Support;

namespace Experiments.Control.Tests.Publishing;

/// <summary>What every kind of snapshot store does.</summary>
public abstract class SnapshotStoreTests : IAsyncLifetime
{
    private ISnapshotStore? _store;

    private protected ISnapshotStore Store => _store!;

    private static CancellationToken None => CancellationToken.None;

    public async Task InitializeAsync() => _store = await OpenAsync();

    public virtual Task DisposeAsync()
    {
        (_store as IDisposable)?.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task ReadAsync_NoSuchObject_AnswersNull() => Assert.Null(await Store.ReadAsync("configs/nobody/version.json", None));

    [Fact]
    public async Task TryCreateAsync_NoSuchObject_CreatesIt()
    {
        Assert.True(await CreateAsync("configs/a/snapshots/1.json", "one"));

        Assert.Equal("one", await TextAsync("configs/a/snapshots/1.json"));
    }

    [Fact]
    public async Task TryCreateAsync_ObjectExists_LeavesIt()
    {
        await CreateAsync("configs/a/snapshots/1.json", "one");

        Assert.False(await CreateAsync("configs/a/snapshots/1.json", "two"));

        Assert.Equal("one", await TextAsync("configs/a/snapshots/1.json"));
    }

    [Fact]
    public async Task TryCreateAsync_SameContentExists_IsStillRefused()
    {
        await CreateAsync("configs/a/snapshots/1.json", "one");

        Assert.False(await CreateAsync("configs/a/snapshots/1.json", "one"));
    }

    [Fact]
    public async Task TryReplaceAsync_NothingReadAndNothingThere_CreatesIt()
    {
        Assert.True(await ReplaceAsync("configs/a/version.json", "one", null));

        Assert.Equal("one", await TextAsync("configs/a/version.json"));
    }

    [Fact]
    public async Task TryReplaceAsync_NothingReadButOneIsThere_LeavesIt()
    {
        await CreateAsync("configs/a/version.json", "one");

        Assert.False(await ReplaceAsync("configs/a/version.json", "two", null));

        Assert.Equal("one", await TextAsync("configs/a/version.json"));
    }

    [Fact]
    public async Task TryReplaceAsync_UnchangedSinceRead_ReplacesIt()
    {
        await CreateAsync("configs/a/version.json", "one");
        StoredObject? read = await Store.ReadAsync("configs/a/version.json", None);

        Assert.True(await ReplaceAsync("configs/a/version.json", "two", read));

        StoredObject? after = await Store.ReadAsync("configs/a/version.json", None);
        Assert.Equal("two"u8.ToArray(), after!.Content.ToArray());
        Assert.NotEqual(read!.ETag, after.ETag);
    }

    [Fact]
    public async Task TryReplaceAsync_ChangedSinceRead_LeavesIt()
    {
        await CreateAsync("configs/a/version.json", "one");
        StoredObject? read = await Store.ReadAsync("configs/a/version.json", None);
        await ReplaceAsync("configs/a/version.json", "two", read);

        Assert.False(await ReplaceAsync("configs/a/version.json", "three", read));

        Assert.Equal("two", await TextAsync("configs/a/version.json"));
    }

    [Fact]
    public async Task TryReplaceAsync_ManyTimes_AlwaysComparesWithTheLatest()
    {
        await CreateAsync("configs/a/version.json", "0");
        for (int i = 1; i <= 5; i++)
        {
            Assert.True(await ReplaceAsync("configs/a/version.json", $"{i}", await Store.ReadAsync("configs/a/version.json", None)));
        }

        Assert.Equal("5", await TextAsync("configs/a/version.json"));
    }

    [Theory]
    [InlineData("my env")]
    [InlineData("a/b")]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("100%")]
    [InlineData("\u00fcn\u00ef")]
    [InlineData("\ud83e\uddea")]
    [InlineData("~._-")]
    public async Task TryCreateAsync_OddEnvironmentName_IsReadByTheReadersOwnSource(string environment)
    {
        string key = SnapshotKeys.Snapshot(environment, 1);
        using IDisposable held = await Store.LockAsync(environment, None);

        Assert.True(await CreateAsync(key, environment));

        SourceObject found = await Source().ReadAsync(key, null, 1024, None);
        Assert.Equal(SourceObjectStatus.Found, found.Status);
        Assert.Equal(environment, Encoding.UTF8.GetString(found.Content.Span));
    }

    [Fact]
    public async Task TryCreateAsync_TwoNamesOfTheSameLetters_AreTwoObjects()
    {
        await CreateAsync(SnapshotKeys.Pointer("a/b"), "slash");
        await CreateAsync(SnapshotKeys.Pointer("a%2Fb"), "percent");

        Assert.Equal("slash", await TextAsync(SnapshotKeys.Pointer("a/b")));
        Assert.Equal("percent", await TextAsync(SnapshotKeys.Pointer("a%2Fb")));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3 * 1024 * 1024)]
    public async Task TryCreateAsync_AnySize_KeepsEveryByte(int length)
    {
        byte[] content = new byte[length];
        new Random(1).NextBytes(content);

        await Store.TryCreateAsync("configs/a/snapshots/1.json", content, None);

        Assert.Equal(content, (await Store.ReadAsync("configs/a/snapshots/1.json", None))!.Content.ToArray());
        Assert.Equal(content, (await Source().ReadAsync("configs/a/snapshots/1.json", null, Math.Max(length, 1), None)).Content.ToArray());
    }

    [Fact]
    public async Task AnyMember_Cancelled_Throws()
    {
        var cancelled = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.ReadAsync("configs/a/version.json", cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Store.TryCreateAsync("configs/a/version.json", "x"u8.ToArray(), cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Store.TryReplaceAsync("configs/a/version.json", "x"u8.ToArray(), null, cancelled));
        Assert.Null(await Store.ReadAsync("configs/a/version.json", None));
    }

    [Fact]
    public async Task Publish_ThreeTimes_LeavesWhatReadersAccept()
    {
        await using PublishBench bench = await PublishBench.CreateAsync(Store);
        await bench.AddRunningAsync("first");
        await bench.PublishAsync();
        await bench.AddRunningAsync("second");
        await bench.PublishAsync();
        PublishOutcome last = await bench.PublishAsync();

        SourceObject latest = await Source().ReadAsync(PublishBench.Key("snapshots/latest.json"), null, int.MaxValue, None);
        Assert.Equal(last.Snapshot.ToArray(), latest.Content.ToArray());
        Assert.True(SnapshotReader.Read(latest.Content, PublishBench.EnvironmentName, 3).IsAccepted);
        SourceObject first = await Source().ReadAsync(PublishBench.Key("snapshots/1.json"), null, int.MaxValue, None);
        Assert.Single(SnapshotReader.Read(first.Content, PublishBench.EnvironmentName, 1).Snapshot!.Flags);
    }

    [Fact]
    public async Task Publish_TwoPublishersWithDatabasesOfTheirOwn_NeverPublishOneVersionTwice()
    {
        int rounds = LongRun.Count(5, full: 50);
        ISnapshotStore otherStore = await OpenAsync();
        await using PublishBench one = await PublishBench.CreateAsync(Store);
        await using PublishBench other = await PublishBench.CreateAsync(otherStore);
        await one.AddRunningAsync("one");
        await other.AddRunningAsync("other");

        await Task.WhenAll(PublishAsync(one), PublishAsync(other));

        (otherStore as IDisposable)?.Dispose();
        var published = (await one.TrailAsync()).Select(record => (Record: record, Key: "one"))
            .Concat((await other.TrailAsync()).Select(record => (Record: record, Key: "other")))
            .Where(entry => entry.Record.Status == PublicationStatus.Published)
            .OrderBy(entry => entry.Record.Version)
            .ToArray();
        Assert.Equal(2 * rounds, published.Select(entry => entry.Record.Version).Distinct().Count());
        foreach ((PublicationRecord record, string key) in published)
        {
            StoredObject stored = (await Store.ReadAsync(SnapshotKeys.Snapshot(PublishBench.EnvironmentName, record.Version), None))!;
            SnapshotLoad load = SnapshotReader.Read(stored.Content, PublishBench.EnvironmentName, record.Version);
            Assert.Equal(key, load.Snapshot!.Flags.Single().Key);
        }

        Assert.Equal(published[^1].Record.Version, PublishBench.VersionIn(await TextAsync(PublishBench.Key("version.json"))));
        Assert.Equal(published[^1].Record.Version, PublishBench.VersionIn(await TextAsync(PublishBench.Key("snapshots/latest.json"))));

        async Task PublishAsync(PublishBench bench)
        {
            for (int i = 0; i < rounds; i++)
            {
                await bench.PublishAsync();
            }
        }
    }

    [Fact]
    public async Task ListVersions_SnapshotsAndOtherObjects_NamesTheSnapshots()
    {
        foreach (string name in (string[])["1", "2", "10", "latest", "007", "x", "-3"])
        {
            await CreateAsync($"configs/a/snapshots/{name}.json", name);
        }

        await CreateAsync("configs/ab/snapshots/5.json", "another environment");
        List<StoredVersion> found = await ListAsync("configs/a/snapshots");
        Assert.Equal([1, 2, 10], found.Select(static one => one.Version).Order());
        Assert.Equal(2, found.Single(static one => one.Version == 10).Bytes);
        Assert.All(found, static one => Assert.InRange(one.WrittenAt, DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.MaxValue));
        Assert.Empty(await ListAsync("configs/nobody/snapshots"));
    }

    [Fact]
    public async Task ListVersions_MoreThanOnePage_NamesAll()
    {
        const int Count = 1_005; // S3 lists a thousand at once.
        await Parallel.ForAsync(1, Count + 1, async (version, _) => await CreateAsync($"configs/many/snapshots/{version}.json", "x"));
        Assert.Equal(Count, (await ListAsync("configs/many/snapshots")).Select(static one => one.Version).Distinct().Count());
    }

    [Fact]
    public async Task Delete_AnObject_TakesItAwayOnce()
    {
        await CreateAsync("configs/a/snapshots/1.json", "one");
        await Store.DeleteAsync("configs/a/snapshots/1.json", None);
        await Store.DeleteAsync("configs/a/snapshots/1.json", None);
        Assert.Null(await TextAsync("configs/a/snapshots/1.json"));
    }

    private async Task<List<StoredVersion>> ListAsync(string folder)
    {
        List<StoredVersion> found = [];
        await foreach (StoredVersion one in Store.ListVersionsAsync(folder, None))
        {
            found.Add(one);
        }

        return found;
    }

    /// <summary>Another writer of the same place, as another process would be.</summary>
    private protected abstract Task<ISnapshotStore> OpenAsync();

    /// <summary>How readers see the place.</summary>
    private protected abstract ISnapshotSource Source();

    private protected Task<bool> CreateAsync(
        string key, string content) => Store.TryCreateAsync(key, Encoding.UTF8.GetBytes(content), None);

    private protected Task<bool> ReplaceAsync(string key, string content, StoredObject? read) =>
        Store.TryReplaceAsync(key, Encoding.UTF8.GetBytes(content), read, None);

    private protected async Task<string?> TextAsync(string key) =>
        await Store.ReadAsync(key, None) is { } stored ? Encoding.UTF8.GetString(stored.Content.Span) : null;
}
