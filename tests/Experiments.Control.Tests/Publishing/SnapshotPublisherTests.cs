using System.Text.Json;
using Experiments.Control.Auditing;
using Experiments.Control.Publishing;
using Experiments.Control.Storage;
using Experiments.Control.Tests.Support;
using Experiments.Control.Versions;
using Microsoft.Extensions.Logging.Abstractions;

namespace Experiments.Control.Tests.Publishing;

/// <summary>Attempts: one at a time, bounded in time, on record.</summary>
public sealed class SnapshotPublisherTests : IAsyncLifetime
{
    private readonly MemorySnapshotStore _store = new();
    private readonly Observer _observer = new();
    private PublishBench? _bench;

    private PublishBench Bench => _bench!;

    public async Task InitializeAsync() => _bench = await PublishBench.CreateAsync(_store, _observer);

    public async Task DisposeAsync() => await Bench.DisposeAsync();

    [Fact]
    public async Task PublishAsync_Requested_PublishesAndRemembersIt()
    {
        PublishState requested = await Bench.RequestAsync();

        PublishOutcome outcome = await Bench.Publisher.PublishAsync(requested);

        Assert.True(outcome.IsSuccess);
        Assert.True((await Bench.StateAsync()).IsPublished);
        Assert.Empty(await Bench.Definitions.ReadAsync(reader => reader.GetUnpublishedAsync()));
    }

    [Fact]
    public async Task PublishAsync_RequestedButPublishedMeanwhile_WritesNothing()
    {
        PublishState first = await Bench.RequestAsync();
        PublishState second = await Bench.RequestAsync();
        await Bench.Publisher.PublishAsync(second);

        PublishOutcome outcome = await Bench.Publisher.PublishAsync(first);

        Assert.True(outcome.IsSuccess);
        Assert.True(outcome.Snapshot.IsEmpty);
        Assert.Single(await Bench.TrailAsync());
    }

    [Fact]
    public async Task Failures_SeveralInARowBeforeAnyClaim_AreOneSinceTheFirstAndEndWithASuccess()
    {
        PublishState requested = await Bench.RequestAsync();
        DateTimeOffset since = Bench.Time.GetUtcNow();
        foreach (string error in new[] { "disk full", "disk gone" })
        {
            Bench.Store.Before = (_, _) => throw new IOException(error);
            await Bench.Publisher.PublishAsync(requested);
            Bench.Time.Advance(TimeSpan.FromMinutes(1));

            Assert.Equal(new PublishFailure(since, $"memory: {error}"), Bench.Publisher.Failures[Bench.EnvironmentId]);
        }

        Assert.Empty(await Bench.TrailAsync());
        Bench.Store.Before = static (_, _) => Task.CompletedTask;
        await Bench.Publisher.PublishAsync(requested);
        Assert.Empty(Bench.Publisher.Failures);
    }

    [Fact]
    public async Task PublishAsync_ManyRequestsAtOnce_AreOnePublish()
    {
        PublishState[] requests = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Bench.RequestAsync()));

        PublishOutcome[] outcomes = await Task.WhenAll(requests.Select(request => Bench.Publisher.PublishAsync(request)));

        Assert.All(outcomes, outcome => Assert.Null(outcome.Error));
        Assert.Single(outcomes, outcome => !outcome.Snapshot.IsEmpty);
        Assert.Single(await Bench.TrailAsync());
    }

    [Fact]
    public async Task PublishAsync_LiveButNotRecorded_IsNoFailedVersionAndIsPublishedAgain()
    {
        PublishState requested = await Bench.RequestAsync();
        SnapshotPublisher publisher = WithWrites(1); // The claim alone.

        PublishOutcome outcome = await publisher.PublishAsync(requested);

        Assert.Contains("disk full", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(1, PublishBench.VersionIn(_store[PublishBench.Key("version.json")]));
        Assert.Equal(PublicationStatus.Claimed, Assert.Single(await Bench.TrailAsync()).Status);
        Assert.False((await Bench.StateAsync()).IsPublished);
        Assert.True((await Bench.Publisher.PublishAsync(requested)).IsSuccess);
        Assert.Equal(2, PublishBench.VersionIn(_store[PublishBench.Key("version.json")]));
    }

    [Fact]
    public async Task PublishAsync_FailureThatCannotBeRecorded_IsTheOneThatIsTold()
    {
        Bench.Store.Before = static (call, _) =>
            call.Member == nameof(ISnapshotStore.TryCreateAsync) ? Task.FromException(new IOException("store down")) : Task.CompletedTask;

        PublishOutcome outcome = await WithWrites(1).PublishAsync(await Bench.RequestAsync());

        Assert.Contains("store down", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PublishAsync_ByHand_AlwaysPublishesANewVersion()
    {
        PublishOutcome[] outcomes = await Task.WhenAll(
            Enumerable.Range(0, 5).Select(_ => Bench.Publisher.PublishAsync(Bench.EnvironmentId)));

        Assert.Equal(
            [1L, 2, 3, 4, 5],
            outcomes.Select(outcome => JsonElement.Parse(outcome.Snapshot.Span).GetProperty("version").GetInt64()).Order());
    }

    [Fact]
    public async Task PublishAsync_ChangeAfterTheCompile_StaysUnpublished()
    {
        PublishState requested = await Bench.RequestAsync();
        PublishState? late = null;
        Bench.Store.Before = async (call, _) =>
        {
            if (call.Member == nameof(ISnapshotStore.TryCreateAsync))
            {
                late ??= await Bench.RequestAsync();
            }
        };

        await Bench.Publisher.PublishAsync(requested);
        Assert.False((await Bench.StateAsync()).IsPublished);
        PublishOutcome second = await Bench.Publisher.PublishAsync(late!);

        Assert.False(second.Snapshot.IsEmpty);
        Assert.True((await Bench.StateAsync()).IsPublished);
    }

    [Fact]
    public async Task PublishAsync_ChangeBetweenClaimAndCompile_IsInTheSnapshot()
    {
        Bench.Store.Before = async (call, _) =>
        {
            if (call.Member == nameof(ISnapshotStore.LockAsync))
            {
                await Bench.AddRunningAsync("late");
            }
        };

        PublishOutcome outcome = await Bench.PublishAsync();

        Assert.Equal(["late"], Shapes.Column(JsonElement.Parse(outcome.Snapshot.Span).GetProperty("experiments"), "key"));
    }

    [Fact]
    public async Task PublishAsync_StoreFails_SaysWhereAndWhy()
    {
        PublishState requested = await Bench.RequestAsync();
        FailOn(nameof(ISnapshotStore.TryCreateAsync), new IOException("the disk is full"));

        PublishOutcome outcome = await Bench.Publisher.PublishAsync(requested);

        Assert.Equal("memory: the disk is full", outcome.Error);
        Assert.False((await Bench.StateAsync()).IsPublished);
        Assert.Equal(0, Bench.Store.HeldLocks);
    }

    [Theory]
    [InlineData(nameof(ISnapshotStore.LockAsync))]
    [InlineData(nameof(ISnapshotStore.ReadAsync))]
    public async Task PublishAsync_StoreFailsBeforeTheClaim_ClaimsNoVersion(string member)
    {
        FailOn(member, new UnauthorizedAccessException("no access"));

        Assert.NotNull((await Bench.Publisher.PublishAsync(Bench.EnvironmentId)).Error);

        Assert.Empty(await Bench.TrailAsync());
        Assert.Equal(0, Bench.Store.HeldLocks);
    }

    [Fact]
    public async Task PublishAsync_Published_IsOnRecord()
    {
        await Bench.AddRunningAsync("first");
        await Bench.AddRunningAsync("second");

        await Bench.PublishAsync();

        PublicationRecord record = Assert.Single(await Bench.TrailAsync());
        string sha256 = JsonElement.Parse(_store[PublishBench.Key("version.json")]!).GetProperty("sha256").GetString()!;
        Assert.Equal(
            new PublicationRecord
            {
                EnvironmentId = Bench.EnvironmentId,
                Version = 1,
                Status = PublicationStatus.Published,
                ClaimedAt = Bench.Time.GetUtcNow(),
                PublishedAt = Bench.Time.GetUtcNow(),
                Sha256 = sha256,
                ExperimentCount = 2,
                Actor = "anonymous",
            },
            record);
    }

    [Fact]
    public async Task PublishAsync_Failed_IsOnRecordAndTheNextVersionIsAnother()
    {
        FailOn(nameof(ISnapshotStore.TryCreateAsync), new IOException("the disk is full"));
        await Bench.Publisher.PublishAsync(Bench.EnvironmentId);
        Bench.Store.Before = static (_, _) => Task.CompletedTask;
        await Bench.PublishAsync();

        IReadOnlyList<PublicationRecord> trail = await Bench.TrailAsync();

        Assert.Equal([PublicationStatus.Published, PublicationStatus.Failed], trail.Select(record => record.Status));
        Assert.Equal([2L, 1], trail.Select(record => record.Version));
        Assert.Equal("the disk is full", trail[1].Error);
        Assert.Null(trail[1].PublishedAt);
    }

    [Fact]
    public async Task PublishAsync_UnderWay_IsOnRecordAsClaimed()
    {
        PublicationRecord? claimed = null;
        Bench.Store.Before = async (call, _) =>
        {
            if (call.Member == nameof(ISnapshotStore.TryCreateAsync))
            {
                claimed = Assert.Single(await Bench.TrailAsync());
            }
        };

        await Bench.PublishAsync();

        Assert.Equal(PublicationStatus.Claimed, claimed!.Status);
        Assert.Equal(Bench.Time.GetUtcNow(), claimed.ClaimedAt);
    }

    [Fact]
    public async Task PublishAsync_ClaimedAndFailed_SayWhoAndWhy()
    {
        PublishState requested = await RequestAsync("alice", "incident 42");
        PublicationRecord? claimed = null;
        Bench.Store.Before = async (call, _) =>
        {
            if (call.Member == nameof(ISnapshotStore.TryCreateAsync))
            {
                claimed = Assert.Single(await Bench.TrailAsync());
                throw new IOException("the disk is full");
            }
        };

        await Bench.Publisher.PublishAsync(requested);

        PublicationRecord failed = Assert.Single(await Bench.TrailAsync());
        Assert.Equal((PublicationStatus.Claimed, "alice", "incident 42"), (claimed!.Status, claimed.Actor, claimed.Note));
        Assert.Equal((PublicationStatus.Failed, "alice", "incident 42"), (failed.Status, failed.Actor, failed.Note));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task PublishAsync_AfterOneThatFailed_CarriesTheNotesOfBoth(bool isByHand)
    {
        FailOn(nameof(ISnapshotStore.TryCreateAsync), new IOException("the disk is full"));
        await Bench.Publisher.PublishAsync(await RequestAsync("alice", "incident 42"));
        Bench.Store.Before = static (_, _) => Task.CompletedTask;
        PublishState requested = await RequestAsync("bob", "typo");

        PublishOutcome outcome = await (isByHand ? Bench.Publisher.PublishAsync(Bench.EnvironmentId) : Bench.Publisher.PublishAsync(requested));

        Assert.True(outcome.IsSuccess);
        PublicationRecord published = (await Bench.TrailAsync())[0];
        Assert.Equal((2L, "alice, bob", "incident 42; typo"), (published.Version, published.Actor, published.Note));
    }

    [Fact]
    public async Task PublishAsync_UnknownEnvironment_IsAnErrorAndWritesNothing()
    {
        PublishOutcome outcome = await Bench.Publisher.PublishAsync(Guid.NewGuid());

        Assert.Contains("environment", outcome.Error, StringComparison.Ordinal);
        Assert.Empty(_store.Keys);
    }

    [Fact]
    public async Task PublishAsync_Published_TellsObserversAfterThePointer()
    {
        _observer.OnPublished = environment =>
        {
            Assert.Equal(PublishBench.EnvironmentName, environment);
            Assert.Equal(1, PublishBench.VersionIn(_store[PublishBench.Key("version.json")]));
            return Task.CompletedTask;
        };

        await Bench.PublishAsync();

        Assert.Equal(1, _observer.Calls);
    }

    [Fact]
    public async Task PublishAsync_ObserverFails_IsPublishedAllTheSame()
    {
        _observer.OnPublished = _ => Task.FromException(new InvalidOperationException("observer"));

        await Bench.PublishAsync();

        Assert.Equal(PublicationStatus.Published, Assert.Single(await Bench.TrailAsync()).Status);
    }

    [Fact]
    public async Task PublishAsync_ObserverHangs_IsASuccessInTimeAndTheNextHasItsTurn()
    {
        _observer.OnPublished = static _ => new TaskCompletionSource().Task;

        Task<PublishOutcome> first = Bench.Publisher.PublishAsync(Bench.EnvironmentId);
        await Eventually.HoldsAsync(() => _observer.Calls == 1, "the observer is told of the first");
        Task<PublishOutcome> second = Bench.Publisher.PublishAsync(Bench.EnvironmentId);
        await Eventually.HoldsAsync(() => _observer.Calls == 2, "the observer is told of the second");
        Bench.Time.Advance(SnapshotPublisher.AttemptTimeout);

        Assert.True((await first).IsSuccess);
        Assert.True((await second).IsSuccess);
        Assert.Equal([PublicationStatus.Published, PublicationStatus.Published], (await Bench.TrailAsync()).Select(static one => one.Status));
    }

    [Fact]
    public async Task PublishAsync_Failed_DoesNotTellObservers()
    {
        FailOn(nameof(ISnapshotStore.TryReplaceAsync), new IOException("gone"));

        await Bench.Publisher.PublishAsync(Bench.EnvironmentId);

        Assert.Equal(0, _observer.Calls);
    }

    [Fact]
    public async Task PublishAsync_Always_HoldsTheLockWhileItWrites()
    {
        List<int> held = [];
        Bench.Store.Before = (call, _) =>
        {
            if (call.Member != nameof(ISnapshotStore.LockAsync))
            {
                held.Add(Bench.Store.HeldLocks);
            }

            return Task.CompletedTask;
        };

        await Bench.PublishAsync();

        Assert.All(held, locks => Assert.Equal(1, locks));
        Assert.Equal(0, Bench.Store.HeldLocks);
    }

    private Task<PublishState> RequestAsync(string actor, string note) =>
        Bench.Definitions.WriteAsync(writer => writer.RequestPublishAsync(Bench.EnvironmentId, actor, note));

    private void FailOn(string member, Exception exception) =>
        Bench.Store.Before = (call, _) => call.Member == member ? Task.FromException(exception) : Task.CompletedTask;

    private SnapshotPublisher WithWrites(int goodWrites) => new(
        new FailingDefinitionStore(Bench.Definitions, goodWrites), Bench.Store, new VersionContents(),
        new PublishObservers([], Bench.Time, NullLogger<PublishObservers>.Instance), new Callers(), Bench.Time, NullLogger<SnapshotPublisher>.Instance);

    private sealed class Observer : IPublishObserver
    {
        public int Calls { get; private set; }

        public Func<string, Task> OnPublished { get; set; } = static _ => Task.CompletedTask;

        public Task OnPublishedAsync(string environment, CancellationToken cancellationToken)
        {
            Calls++;
            return OnPublished(environment);
        }
    }
}
