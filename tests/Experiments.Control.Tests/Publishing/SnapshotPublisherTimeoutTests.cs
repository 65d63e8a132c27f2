using Experiments.Control.Definitions;
using Experiments.Control.Publishing;
using Experiments.Control.Storage;
using Experiments.Control.Tests.Support;

namespace Experiments.Control.Tests.Publishing;

/// <summary>A store that hangs: the caller gets an answer in time, and nobody else gets in before the store has returned.</summary>
public sealed class SnapshotPublisherTimeoutTests : IAsyncLifetime
{
    private readonly MemorySnapshotStore _store = new();
    private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private PublishBench? _bench;

    private PublishBench Bench => _bench!;

    public async Task InitializeAsync() => _bench = await PublishBench.CreateAsync(_store);

    public async Task DisposeAsync()
    {
        _released.TrySetResult();
        await Bench.DisposeAsync();
    }

    [Theory]
    [InlineData(nameof(ISnapshotStore.LockAsync))]
    [InlineData(nameof(ISnapshotStore.ReadAsync))]
    [InlineData(nameof(ISnapshotStore.TryCreateAsync))]
    [InlineData(nameof(ISnapshotStore.TryReplaceAsync))]
    public async Task PublishAsync_StoreThatCannotBeInterrupted_IsAnsweredAfter5Seconds(string member)
    {
        HangOn(member);
        Task<PublishOutcome> attempt = Bench.Publisher.PublishAsync(Bench.EnvironmentId);
        await _entered.Task;
        Bench.Time.Advance(SnapshotPublisher.AttemptTimeout - TimeSpan.FromMilliseconds(1));
        Assert.False(attempt.IsCompleted);

        Bench.Time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal("memory: no answer within 5 s.", (await attempt).Error);
    }

    [Fact]
    public async Task PublishAsync_StoreThatCanBeInterrupted_FailsWithTheSameWords()
    {
        PublishState requested = await Bench.RequestAsync();
        Bench.Store.Before = async (call, cancellationToken) =>
        {
            if (call.Member == nameof(ISnapshotStore.TryCreateAsync))
            {
                _entered.TrySetResult();
                await _released.Task.WaitAsync(cancellationToken);
            }
        };
        Task<PublishOutcome> attempt = Bench.Publisher.PublishAsync(requested);
        await _entered.Task;

        Bench.Time.Advance(SnapshotPublisher.AttemptTimeout);

        Assert.Equal("memory: no answer within 5 s.", (await attempt).Error);
        await Eventually.HoldsAsync(
            async _ => (await Bench.TrailAsync()).Single() is { Status: PublicationStatus.Failed, Error: "memory: no answer within 5 s." },
            "the failure on record");
    }

    [Fact]
    public async Task PublishAsync_WhileAnotherHangs_DoesNotGetIn()
    {
        HangOn(nameof(ISnapshotStore.TryCreateAsync));
        Task<PublishOutcome> first = Bench.Publisher.PublishAsync(Bench.EnvironmentId);
        await _entered.Task;
        Bench.Time.Advance(SnapshotPublisher.AttemptTimeout);
        await first;
        int calls = Bench.Store.Calls.Count;

        Task<PublishOutcome> second = Bench.Publisher.PublishAsync(Bench.EnvironmentId);
        Bench.Time.Advance(SnapshotPublisher.AttemptTimeout);

        Assert.NotNull((await second).Error);
        Assert.Equal(calls, Bench.Store.Calls.Count);
    }

    [Fact]
    public async Task PublishAsync_WaitedInVain_DoesNotPublishLater()
    {
        HangOn(nameof(ISnapshotStore.LockAsync));
        Task<PublishOutcome> first = Bench.Publisher.PublishAsync(Bench.EnvironmentId);
        await _entered.Task;
        List<Task<PublishOutcome>> waiting = [.. Enumerable.Range(0, 10).Select(_ => Bench.Publisher.PublishAsync(Bench.EnvironmentId))];
        Bench.Time.Advance(SnapshotPublisher.AttemptTimeout);
        await Task.WhenAll([first, .. waiting]);

        _released.SetResult();
        await Eventually.HoldsAsync(
            async _ => (await Bench.Publisher.PublishAsync(Bench.EnvironmentId)).IsSuccess, "an open gate");

        // The first went on by itself, and the last one; those that had been told that they failed did not.
        Assert.InRange(PublishBench.VersionIn(_store[PublishBench.Key("version.json")]), 1, 2);
    }

    [Fact]
    public async Task PublishAsync_AfterTheStoreReturned_GoesOn()
    {
        PublishState requested = await Bench.RequestAsync();
        HangOn(nameof(ISnapshotStore.TryReplaceAsync));
        Task<PublishOutcome> first = Bench.Publisher.PublishAsync(requested);
        await _entered.Task;
        Bench.Time.Advance(SnapshotPublisher.AttemptTimeout);
        Assert.NotNull((await first).Error);

        _released.SetResult();
        await Eventually.HoldsAsync(async _ => (await Bench.Publisher.PublishAsync(requested)).IsSuccess, "a publish");

        Assert.True((await Bench.StateAsync()).IsPublished);
        long version = PublishBench.VersionIn(_store[PublishBench.Key("version.json")]);
        Assert.Equal(version, PublishBench.VersionIn(_store[PublishBench.Key($"snapshots/{version}.json")]));
    }

    [Fact]
    public async Task PublishAsync_OneEnvironmentHangs_OthersArePublished()
    {
        HangOn(nameof(ISnapshotStore.LockAsync));
        Task<PublishOutcome> hanging = Bench.Publisher.PublishAsync(Bench.EnvironmentId);
        await _entered.Task;
        Bench.Store.Before = static (_, _) => Task.CompletedTask;
        var other = new EnvironmentDefinition
        {
            Id = Guid.NewGuid(), Name = "other", CreatedAt = Bench.Time.GetUtcNow(), UpdatedAt = Bench.Time.GetUtcNow(),
        };
        await Bench.Definitions.WriteAsync(writer => writer.InsertAsync(other));

        Assert.Null((await Bench.Publisher.PublishAsync(other.Id)).Error);

        Assert.False(hanging.IsCompleted);
    }

    private void HangOn(string member) => Bench.Store.Before = (call, _) =>
    {
        if (call.Member != member)
        {
            return Task.CompletedTask;
        }

        _entered.TrySetResult();
        return _released.Task;
    };
}
