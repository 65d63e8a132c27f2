using System.Text;
using Experiments.Client.Sources;
using Experiments.Control.Publishing;
using Experiments.Control.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Experiments.Control.Tests.Publishing;

public sealed class DirectorySnapshotStoreTests : SnapshotStoreTests
{
    private readonly TempDirectory _directory = new();

    private string Root => _directory.PathOf("snapshots");

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        _directory.Dispose();
    }

    // Comparing and renaming are two steps here, which is what the lock is for.
    [Fact]
    public async Task TryCreateAsync_ManyAtOnceThatTakeTheLock_OneSucceeds()
    {
        bool[] created = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(async () =>
        {
            ISnapshotStore store = await OpenAsync();
            using IDisposable held = await store.LockAsync("a", default);
            return await store.TryCreateAsync("configs/a/snapshots/1.json", Encoding.UTF8.GetBytes($"{i}"), default);
        })));

        Assert.Equal(Array.IndexOf(created, true).ToString(), await TextAsync("configs/a/snapshots/1.json"));
        Assert.Single(created, isCreated => isCreated);
    }

    // Not a lock that somebody holds: waiting would end in a timeout that hides the reason.
    [Fact]
    public async Task LockAsync_CannotBeOpened_FailsAtOnceWithTheReason()
    {
        string folder = Directory.CreateDirectory(Path.Combine(Root, "configs", "a")).FullName;
        string file = Path.Combine(folder, ".publish.lock");
        File.CreateSymbolicLink(file, file);
        var store = new DirectorySnapshotStore(Root, new FakeTimeProvider());

        await Assert.ThrowsAnyAsync<IOException>(() => store.LockAsync("a", default).WaitAsync(TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public async Task CheckAsync_FileWhereTheDirectoryShouldBe_FailsUntilItIsGone()
    {
        await Store.CheckAsync(default);
        Assert.Empty(_directory.Files());

        Directory.Delete(Root);
        await File.WriteAllTextAsync(Root, "in the way");
        await Assert.ThrowsAnyAsync<IOException>(() => Store.CheckAsync(default));

        File.Delete(Root);
        await Store.CheckAsync(default);
    }

    [Fact]
    public async Task AnyWrite_Done_LeavesNothingBeside()
    {
        await CreateAsync("configs/a/snapshots/1.json", "one");
        await CreateAsync("configs/a/snapshots/1.json", "refused");
        await ReplaceAsync("configs/a/version.json", "one", null);
        await ReplaceAsync("configs/a/version.json", "refused", null);
        await ReplaceAsync("configs/a/version.json", "two", await Store.ReadAsync("configs/a/version.json", default));

        Assert.Equal(["snapshots/configs/a/snapshots/1.json", "snapshots/configs/a/version.json"], _directory.Files());
    }

    [Fact]
    public async Task TryReplaceAsync_WhileOthersRead_NeverShowsHalfAnObject()
    {
        const string Key = "configs/a/version.json";
        using var stop = new CancellationTokenSource();
        await CreateAsync(Key, new string('0', 100_000));
        var reader = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                string text = (await TextAsync(Key))!;
                Assert.Equal(100_000, text.Length);
                Assert.Equal(new string(text[0], text.Length), text);
            }
        });

        for (int i = 1; i <= 100; i++)
        {
            await ReplaceAsync(Key, new string((char)('0' + (i % 10)), 100_000), await Store.ReadAsync(Key, default));
        }

        await stop.CancelAsync();
        await reader;
    }

    [Fact]
    public async Task LockAsync_HeldByAnother_WaitsUntilItIsReleased()
    {
        var time = new FakeTimeProvider();
        var other = new DirectorySnapshotStore(Root, time);
        IDisposable held = await Store.LockAsync("a", default);
        Task<IDisposable> waiting = other.LockAsync("a", default);
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.False(waiting.IsCompleted);

        held.Dispose();
        await Eventually.HoldsAsync(
            () =>
            {
                time.Advance(TimeSpan.FromMilliseconds(20));
                return waiting.IsCompleted;
            },
            "the lock");
        (await waiting).Dispose();
    }

    [Fact]
    public async Task LockAsync_OfAnotherEnvironment_DoesNotWait()
    {
        using IDisposable held = await Store.LockAsync("a", default);

        using IDisposable other = await Store.LockAsync("b", default);
    }

    [Fact]
    public async Task LockAsync_CancelledWhileWaiting_Throws()
    {
        using IDisposable held = await Store.LockAsync("a", default);
        using var cancellation = new CancellationTokenSource();
        Task<IDisposable> waiting = (await OpenAsync()).LockAsync("a", cancellation.Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task LockAsync_LeftoversOfAKilledWriter_AreDeleted()
    {
        await CreateAsync("configs/a/snapshots/1.json", "one");
        await CreateAsync("configs/b/version.json", "b");
        string folder = Path.Combine(Root, "configs", "a");
        await File.WriteAllTextAsync(Path.Combine(folder, "version.json.0123.tmp"), "half");
        await File.WriteAllTextAsync(Path.Combine(folder, "snapshots", "2.json.4567.tmp"), "half");
        await File.WriteAllTextAsync(Path.Combine(Root, "configs", "b", "version.json.89.tmp"), "of another environment");

        (await Store.LockAsync("a", default)).Dispose();

        Assert.Equal(
            [
                "snapshots/configs/a/.publish.lock", "snapshots/configs/a/snapshots/1.json", "snapshots/configs/b/version.json",
                "snapshots/configs/b/version.json.89.tmp",
            ],
            _directory.Files());
    }

    [Fact]
    public async Task LockAsync_FileWhereTheDirectoryShouldBe_ThrowsAtOnce()
    {
        await File.WriteAllTextAsync(Root, "a file");

        await Assert.ThrowsAnyAsync<IOException>(() => Store.LockAsync("a", default));
    }

    [Theory]
    [InlineData(28)]
    [InlineData(63)]
    public async Task LockAsync_NameTooLongForAFolder_SaysSo(int characters)
    {
        string name = new('\u65e5', characters + 1);

        IOException exception = await Assert.ThrowsAnyAsync<IOException>(() => Store.LockAsync(name, default));

        Assert.Contains("255", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LockAsync_LongestNameForAFolder_IsTaken()
    {
        using IDisposable held = await Store.LockAsync(new string('\u65e5', 28), default);
    }

    [Fact]
    public async Task Publish_Done_ReleasesTheLock()
    {
        await using PublishBench bench = await PublishBench.CreateAsync(Store);

        await bench.PublishAsync();

        (await (await OpenAsync()).LockAsync(PublishBench.EnvironmentName, default)).Dispose();
    }

    private protected override Task<ISnapshotStore> OpenAsync() =>
        Task.FromResult<ISnapshotStore>(new DirectorySnapshotStore(Root, TimeProvider.System));

    private protected override ISnapshotSource Source() => new DirectorySource(Root);
}
