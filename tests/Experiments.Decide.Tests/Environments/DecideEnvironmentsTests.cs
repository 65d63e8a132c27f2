using Experiments.Client.Hosting;
using Experiments.Decide.Endpoints;
using Experiments.Decide.Endpoints.Environments;
using Experiments.Decide.Tests.Support;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Experiments.Decide.Tests.Environments;

public sealed class DecideEnvironmentsTests : IAsyncLifetime
{
    private static readonly TimeSpan s_pollInterval = TimeSpan.FromSeconds(5);

    // More than the interval with its jitter.
    private static readonly TimeSpan s_longerThanAPoll = s_pollInterval * 1.2;

    private readonly TempDirectory _directory = new();
    private readonly FakeTimeProvider _time = new();
    private readonly FakeSource _source = new();
    private readonly FakeLogCollector _logs = new();
    private DecideEnvironments _environments = null!;

    public Task InitializeAsync()
    {
        _environments = Create(_source);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        _source.Release();
        await _environments.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task FindAsync_Published_LoadsOnceAndIsKept()
    {
        _source.Publish("prod", 3);
        DecideEnvironment?[] found = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => FindAsync("prod")));
        Assert.All(found, environment => Assert.Same(found[0], environment));
        Assert.Equal(3, found[0]!.Prepared!.Snapshot.Version);
        Assert.Equal(2, _source.Reads); // The pointer and the snapshot.
        Assert.True(_environments.TryFind("prod", out DecideEnvironment? again));
        Assert.Same(found[0], again);
        Assert.Equal(2, _source.Reads);
    }

    [Fact]
    public async Task FindAsync_Unpublished_IsRememberedForOnePollInterval()
    {
        Assert.Null(await FindAsync("soon"));
        await SettledAsync(0, 1);
        _source.Publish("soon", 1);
        Assert.Null(await FindAsync("soon"));
        _time.Advance(s_pollInterval);
        Assert.NotNull(await FindAsync("soon"));
        Assert.Equal((1, 0), _environments.Counts);
    }

    [Fact]
    public async Task FindAsync_Unpublished_IsNotPolled()
    {
        Assert.Null(await FindAsync("nope"));
        await SettledAsync(0, 1);
        for (int i = 0; i < 5; i++)
        {
            _time.Advance(s_longerThanAPoll);
        }

        Assert.Equal(1, _source.Reads);
        Assert.Empty(_environments.Kept);
    }

    [Fact]
    public async Task FindAsync_StoreHangs_AnswersAfterTheLimitAndGoesOnLoading()
    {
        // A poller waits one interval for an answer, but not less than 5 s: here longer than the request.
        await using DecideEnvironments environments = Create(_source, pollInterval: DecideEnvironment.LoadLimit * 2);
        _source.Publish("prod", 1);
        _source.Hang();
        Task<DecideEnvironment?> first = environments.FindAsync("prod", default).AsTask();
        await Eventually.HoldsAsync(() => _source.Reads == 1, "one read under way");
        _time.Advance(DecideEnvironment.LoadLimit - TimeSpan.FromMilliseconds(1));
        Assert.False(first.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Null(await first);

        // Nobody waits a second time, and the load that is under way is not started again.
        Assert.Null(await environments.FindAsync("prod", default));
        _source.Release();
        await Eventually.HoldsAsync(() => environments.TryFind("prod", out _), "the load to end");
    }

    [Fact]
    public async Task FindAsync_StoreFails_FallsBackToTheLastGood()
    {
        await LoadToDiskAsync(7);
        using var broken = new FakeSource { Failure = "the disk is on fire" };
        await using DecideEnvironments restarted = Create(broken);
        DecideEnvironment? environment = await restarted.FindAsync("prod", default);
        Assert.Equal(7, environment!.Prepared!.Snapshot.Version);
        await Eventually.HoldsAsync(() => environment.Problem == "the disk is on fire", "the problem");
        Assert.Null(await restarted.FindAsync("other", default));
    }

    [Fact]
    public async Task FindAsync_StoreHangs_FallsBackToTheLastGoodAfterTheLimit()
    {
        await LoadToDiskAsync(7);
        using var hanging = new FakeSource();
        hanging.Hang();
        await using DecideEnvironments restarted = Create(hanging);
        Task<DecideEnvironment?> find = restarted.FindAsync("prod", default).AsTask();
        await Eventually.HoldsAsync(() => hanging.Reads == 1, "one read under way");
        Assert.False(find.IsCompleted);
        _time.Advance(DecideEnvironment.LoadLimit);
        Assert.Equal(7, (await find)!.Prepared!.Snapshot.Version);
        Assert.True(restarted.TryFind("prod", out _));
    }

    [Fact]
    public async Task FindAsync_LastGoodOlderThanTheStore_DecidesFromTheStore()
    {
        await LoadToDiskAsync(7);
        using var newer = new FakeSource();
        newer.Publish("prod", 8);
        await using DecideEnvironments restarted = Create(newer);
        Assert.Equal(8, (await restarted.FindAsync("prod", default))!.Prepared!.Snapshot.Version);
    }

    [Fact]
    public async Task FindAsync_CallerGivesUp_IsCancelledAndTheLoadGoesOn()
    {
        _source.Publish("prod", 1);
        _source.Hang();
        using var cancellation = new CancellationTokenSource();
        Task<DecideEnvironment?> find = _environments.FindAsync("prod", cancellation.Token).AsTask();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => find);
        _source.Release();
        Assert.NotNull(await FindAsync("prod"));
    }

    [Fact]
    public async Task FindAsync_MoreEnvironmentsThanTheLimit_EvictsTheLeastRecentlyUsed()
    {
        await using DecideEnvironments environments = Create(_source, maxEnvironments: 3);
        foreach (string name in (string[])["a", "b", "c", "a", "d"])
        {
            _source.Publish(name, 1);
            _time.Advance(TimeSpan.FromMilliseconds(1));
            if (!environments.TryFind(name, out _))
            {
                Assert.NotNull(await environments.FindAsync(name, default));
            }
        }

        await Eventually.HoldsAsync(() => environments.Counts.Environments == 3, "three environments");
        Assert.Equal(["a", "c", "d"], environments.Kept.Select(kept => kept.Name).Order(StringComparer.Ordinal));
        Assert.NotNull(await environments.FindAsync("b", default));
    }

    [Fact]
    public async Task FindAsync_ManyNames_StaysBounded()
    {
        _source.Publish("prod", 1);
        Assert.NotNull(await FindAsync("prod"));
        int names = LongRun.Count(5_000, full: 100_000);
        await Parallel.ForEachAsync(
            Enumerable.Range(0, names),
            new ParallelOptions { MaxDegreeOfParallelism = 500 },
            async (i, cancellation) => Assert.Null(await _environments.FindAsync($"made-up-{i}", cancellation)));
        await SettledAsync(1, UnpublishedNames.MaxCount);
        Assert.InRange(_source.MostUnderWay, 1, 64);
        Assert.True(_environments.TryFind("prod", out _));
    }

    [Fact]
    public async Task FindAsync_StoreFailsForManyNames_LogsWithinTheBudget()
    {
        _source.Failure = "no such bucket";
        for (int i = 0; i < 200; i++)
        {
            Assert.Null(await FindAsync($"made-up-{i}"));
        }

        await SettledAsync(0, 200);
        FakeLogRecord[] warnings = [.. _logs.GetSnapshot().Where(record => record.Level == LogLevel.Warning)];
        Assert.Equal(20, warnings.Length);
        Assert.All(warnings, warning => Assert.EndsWith(" could not be loaded from fake: no such bucket", warning.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task PollNowAsync_AfterAPublish_IsSeenByTheNextRequest()
    {
        Assert.Null(await FindAsync("prod"));
        await SettledAsync(0, 1);
        _source.Publish("prod", 1);
        await _environments.PollNowAsync("prod", default);
        Assert.Equal(1, (await FindAsync("prod"))!.Prepared!.Snapshot.Version);
        _source.Publish("prod", 2);
        await _environments.PollNowAsync("prod", default);
        Assert.Equal(2, (await FindAsync("prod"))!.Prepared!.Snapshot.Version);
        await _environments.PollNowAsync("nobody-asked", default);
        Assert.Equal((1, 0), _environments.Counts);
    }

    [Fact]
    public async Task DisposeAsync_WithEnvironmentsAndAHangingLoad_EndsAtOnce()
    {
        _source.Publish("prod", 1);
        Assert.NotNull(await FindAsync("prod"));
        _source.Hang();
        Task<DecideEnvironment?> waiting = FindAsync("other");
        await Eventually.HoldsAsync(() => _source.Reads == 3, "the third read");
        await _environments.DisposeAsync();
        Assert.Null(await waiting);
        Assert.True(_source.IsDisposed);
        Assert.Null(await FindAsync("later"));
        _time.Advance(s_longerThanAPoll);
        Assert.Equal(3, _source.Reads);
    }

    private Task<DecideEnvironment?> FindAsync(string name) => _environments.FindAsync(name, default).AsTask();

    /// <summary>Loads a version and waits for its last-good file, which is written after the first request has its answer.</summary>
    private async Task LoadToDiskAsync(long version)
    {
        _source.Publish("prod", version);
        Assert.NotNull(await FindAsync("prod"));
        await _environments.PollNowAsync("prod", default);
    }

    private Task SettledAsync(int environments, int unpublished) => Eventually.HoldsAsync(
        () => _environments.Counts == (environments, unpublished),
        $"{environments} environments and {unpublished} remembered names",
        state: () => $"{_environments.Counts}");

    private DecideEnvironments Create(FakeSource source, int maxEnvironments = 10_000, TimeSpan? pollInterval = null) => new(
        new DecideSettings
        {
            Snapshots = SnapshotStoreSettings.InDirectory("unused"),
            LastGoodDirectory = _directory.PathOf("last-good"),
            PollInterval = pollInterval ?? s_pollInterval,
            MaxEnvironments = maxEnvironments,
        },
        source,
        _time,
        new FakeLogger<DecideEnvironments>(_logs));
}
