using System.Collections.Concurrent;
using Experiments.Control.Auditing;
using Experiments.Control.Definitions;
using Experiments.Control.Publishing;
using Experiments.Control.Storage;
using Experiments.Control.Tests.Support;
using Experiments.Control.Versions;
using Microsoft.Extensions.Logging.Abstractions;

namespace Experiments.Control.Tests.Publishing;

public sealed class PublishRetryServiceTests : IAsyncLifetime
{
    private static readonly TimeSpan MaxBackOff = TimeSpan.FromSeconds(15);

    private readonly MemorySnapshotStore _store = new();
    private readonly ConcurrentQueue<DateTimeOffset> _attempts = new();
    private PublishBench? _bench;
    private PublishRetryService? _service;
    private LookCountingStore? _looked;

    private PublishBench Bench => _bench!;

    public async Task InitializeAsync() => _bench = await PublishBench.CreateAsync(_store);

    public async Task DisposeAsync()
    {
        await StopAsync();
        await Bench.DisposeAsync();
    }

    [Fact]
    public async Task Start_UnpublishedChange_IsPublishedAtOnce()
    {
        await Bench.RequestAsync();

        await StartAsync();

        await UntilPublishedAsync();
    }

    [Fact]
    public async Task Start_UnpublishedChange_SaysWhoAskedForItAndWhy()
    {
        await Bench.Definitions.WriteAsync(writer => writer.RequestPublishAsync(Bench.EnvironmentId, "ann", "off for the night"));

        await StartAsync();

        await UntilPublishedAsync();
        PublicationRecord published = Assert.Single(await Bench.TrailAsync());
        Assert.Equal(("ann", "off for the night"), (published.Actor, published.Note));
    }

    [Fact]
    public async Task Start_NothingUnpublished_PublishesNothing()
    {
        await Bench.Publisher.PublishAsync(await Bench.RequestAsync());
        int calls = Bench.Store.Calls.Count;

        await StartAsync();
        await Eventually.HoldsAsync(() => _looked!.Looks > 0, "the first look");
        await AdvanceAsync(seconds: 30);

        Assert.Equal(calls, Bench.Store.Calls.Count);
    }

    [Fact]
    public async Task Running_ChangeOfAnotherServer_IsPublishedAtTheNextLook()
    {
        await StartAsync();
        await Bench.RequestAsync();

        Bench.Time.Advance(TimeSpan.FromSeconds(1));

        await UntilPublishedAsync();
    }

    [Fact]
    public async Task Running_StoreStaysDown_BacksOffUpToItsLimit()
    {
        await FailAsync(attempts: 7);

        AssertBackedOff([.. _attempts]);
    }

    [Fact]
    public async Task Running_PublishedByAChangeMeanwhile_StartsOverWithTheBackOff()
    {
        Break();
        PublishState requested = await Bench.RequestAsync();
        await StartAsync();
        await AdvanceUntilAsync(() => _attempts.Count >= 6);
        Mend();
        await Bench.Publisher.PublishAsync(requested);
        await AdvanceAsync(seconds: 2);

        await AssertStartsOverAsync();
    }

    [Fact]
    public async Task Running_StoreComesBack_CatchesUpWithinTheLimitOfTheBackOff()
    {
        await FailAsync(attempts: 7);

        Mend();
        Bench.Time.Advance(MaxBackOff + TimeSpan.FromSeconds(1));

        await UntilPublishedAsync();
    }

    [Fact]
    public async Task Running_SucceededAfterFailures_StartsOverWithTheBackOff()
    {
        await FailAsync(attempts: 5);
        Mend();
        await AdvanceUntilAsync(() => _store.Keys.Count == 3);
        await UntilPublishedAsync();

        await AssertStartsOverAsync();
    }

    [Fact]
    public async Task Restart_StillUnpublished_IsPublishedWithoutWaiting()
    {
        await FailAsync(attempts: 5);
        await StopAsync();
        Mend();

        await StartAsync();

        await UntilPublishedAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Running_OneEnvironmentCannotBePublished_OthersAre(bool hangs)
    {
        Bench.Store.Before = (call, cancellationToken) =>
            !call.Key.Contains(PublishBench.EnvironmentName, StringComparison.Ordinal) ? Task.CompletedTask
            : hangs ? new TaskCompletionSource().Task.WaitAsync(cancellationToken)
            : Task.FromException(new IOException("down"));
        await Bench.RequestAsync();
        var other = new EnvironmentDefinition
        {
            Id = Guid.NewGuid(), Name = "other", CreatedAt = Bench.Time.GetUtcNow(), UpdatedAt = Bench.Time.GetUtcNow(),
        };
        await Bench.Definitions.WriteAsync(async writer =>
        {
            await writer.InsertAsync(other);
            return await writer.RequestPublishAsync(other.Id);
        });

        await StartAsync();

        await Eventually.HoldsAsync(() => _store["configs/other/version.json"] is not null, "a pointer of the other environment");
        Assert.False((await Bench.StateAsync()).IsPublished);
        Bench.Time.Advance(SnapshotPublisher.AttemptTimeout); // Ends the attempt that hangs.
    }

    [Fact]
    public async Task Running_AnotherLeadsAfterTheLook_StartsNoPublishUntilItLeadsAgain()
    {
        await Bench.RequestAsync();
        int asked = 0;
        bool leadsAgain = false;

        // Leads at the look, and not before the publish.
        await StartAsync(() => Interlocked.Increment(ref asked) == 1 || Volatile.Read(ref leadsAgain));

        await Eventually.HoldsAsync(
            () =>
            {
                Bench.Time.Advance(TimeSpan.FromSeconds(1));
                return Volatile.Read(ref asked) >= 3;
            },
            "the next look, after the first one is over");
        Assert.Empty(await Bench.TrailAsync());
        Volatile.Write(ref leadsAgain, true);
        Bench.Time.Advance(TimeSpan.FromSeconds(1));
        await UntilPublishedAsync();
    }

    [Fact]
    public async Task Running_AnotherPublishesWhatFailedHere_IsNoFailureAnyMore()
    {
        Break();
        PublishState requested = await Bench.RequestAsync();
        await Bench.Publisher.PublishAsync(requested);
        await StartAsync(static () => false);
        await AdvanceAsync(seconds: 3);
        Assert.NotEmpty(Bench.Publisher.Failures); // It still waits.

        var another = new SnapshotPublisher(
            Bench.Definitions, _store, new VersionContents(), new PublishObservers([], Bench.Time, NullLogger<PublishObservers>.Instance), new Callers(),
            Bench.Time, NullLogger<SnapshotPublisher>.Instance);
        Assert.True((await another.PublishAsync(requested)).IsSuccess);

        await Eventually.HoldsAsync(
            () =>
            {
                Bench.Time.Advance(TimeSpan.FromSeconds(1));
                return Bench.Publisher.Failures.Count == 0;
            },
            "no failure");
    }

    [Fact]
    public async Task Stop_WhileTheStoreIsDown_Ends()
    {
        Break();
        await Bench.RequestAsync();
        await StartAsync();
        await AdvanceUntilAsync(() => !_attempts.IsEmpty);

        await StopAsync();
    }

    /// <summary>1, 2, 4, 8, 15, 15 seconds; an attempt may be a look early or late, as a test moves the clock while it runs.</summary>
    private static void AssertBackedOff(DateTimeOffset[] attempts)
    {
        for (int i = 1; i < attempts.Length; i++)
        {
            var least = TimeSpan.FromSeconds(Math.Min(MaxBackOff.TotalSeconds, Math.Pow(2, i - 1)));
            Assert.InRange(attempts[i] - attempts[i - 1], least, least + TimeSpan.FromSeconds(2));
        }
    }

    private async Task FailAsync(int attempts)
    {
        Break();
        await Bench.RequestAsync();
        await StartAsync();
        await AdvanceUntilAsync(() => _attempts.Count >= attempts);
    }

    private async Task AssertStartsOverAsync()
    {
        _attempts.Clear();
        Break();
        await Bench.RequestAsync();
        await AdvanceUntilAsync(() => _attempts.Count >= 4);
        AssertBackedOff([.. _attempts]);
    }

    private void Mend() => Bench.Store.Before = static (_, _) => Task.CompletedTask;

    private void Break() => Bench.Store.Before = (call, _) =>
    {
        if (call.Member == nameof(ISnapshotStore.LockAsync))
        {
            _attempts.Enqueue(Bench.Time.GetUtcNow());
        }

        return Task.FromException(new IOException("down"));
    };

    private async Task StartAsync(Func<bool>? leads = null)
    {
        _looked = new LookCountingStore(Bench.Definitions) { Leads = leads ?? (static () => true) };
        _service = new PublishRetryService(_looked, Bench.Publisher, Bench.Time, NullLogger<PublishRetryService>.Instance);
        await _service.StartAsync(CancellationToken.None);
    }

    private async Task StopAsync()
    {
        if (_service is not null)
        {
            await _service.StopAsync(CancellationToken.None);
            _service.Dispose();
            _service = null;
        }
    }

    private Task UntilPublishedAsync() => Eventually.HoldsAsync(
        async _ => (await Bench.StateAsync()).IsPublished && _store[PublishBench.Key("version.json")] is not null, "everything published");

    /// <summary>Second by second, each after the look of the second before has begun.</summary>
    private async Task AdvanceUntilAsync(Func<bool> condition)
    {
        int advanced = 0;
        await Eventually.HoldsAsync(() => _looked!.Looks > 0, "the first look");
        while (!condition())
        {
            Assert.True(++advanced < 600, "Ten minutes have passed.");
            await AdvanceAsync(seconds: 1);
        }
    }

    private async Task AdvanceAsync(int seconds)
    {
        for (int second = 0; second < seconds; second++)
        {
            int looks = _looked!.Looks;
            Bench.Time.Advance(TimeSpan.FromSeconds(1));
            await Eventually.HoldsAsync(() => _looked!.Looks > looks, "a look");
        }
    }
}
