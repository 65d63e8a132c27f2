using System.Collections.Concurrent;
using Experiments.Control.Definitions;
using Experiments.Control.Publishing;
using Experiments.Control.Storage;
using Experiments.Control.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Experiments.Control.Tests.Publishing;

/// <summary>Publishes of other servers, which a store tells of.</summary>
public sealed class PublishWatchServiceTests
{
    [Fact]
    public async Task Told_ObserverHangsForOneEnvironmentAndTheStoreFailsForAnother_TheThirdIsToldOfAtOnce()
    {
        await using PublishBench bench = await PublishBench.CreateAsync(new MemorySnapshotStore());
        EnvironmentDefinition slow = await AddAsync(bench, "slow");
        var store = new TellingStore(bench.Definitions) { Failing = 1, Published = [Guid.NewGuid(), slow.Id, bench.EnvironmentId] };
        ConcurrentQueue<string> told = new();
        var observers = new PublishObservers(
            [
                new Observer(environment => environment == slow.Name ? new TaskCompletionSource().Task : Task.CompletedTask),
                new Observer(environment =>
                {
                    told.Enqueue(environment);
                    return Task.CompletedTask;
                }),
            ],
            bench.Time,
            NullLogger<PublishObservers>.Instance);
        using var service = new PublishWatchService(store, observers, bench.Time, NullLogger<PublishWatchService>.Instance);

        await service.StartAsync(CancellationToken.None);

        await Eventually.HoldsAsync(() => told.Count == 2, "both that exist");
        Assert.Equal([PublishBench.EnvironmentName, slow.Name], told.Order());
        Assert.Equal(1, store.Watches); // What failed has ended nothing.
        await service.StopAsync(CancellationToken.None);
    }

    private static async Task<EnvironmentDefinition> AddAsync(PublishBench bench, string name)
    {
        var environment = new EnvironmentDefinition { Id = Guid.NewGuid(), Name = name, CreatedAt = bench.Time.GetUtcNow(), UpdatedAt = bench.Time.GetUtcNow() };
        await bench.Definitions.WriteAsync(writer => writer.InsertAsync(environment));
        return environment;
    }

    private sealed class TellingStore(IDefinitionStore inner) : DelegatingStore(inner)
    {
        private int _failing;
        private int _watches;

        public required Guid[] Published { get; init; }

        /// <summary>How many reads fail at first.</summary>
        public int Failing { get => _failing; init => _failing = value; }

        public int Watches => Volatile.Read(ref _watches);

        public override Task<T> ReadAsync<T>(Func<IStoreReader, ValueTask<T>> read, CancellationToken cancellationToken = default) =>
            Interlocked.Decrement(ref _failing) >= 0 ? throw new StoreFailureException("gone") : base.ReadAsync(read, cancellationToken);

        public override Task WatchPublishesAsync(Action<Guid> told, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _watches);
            Array.ForEach(Published, told);
            return Task.Delay(Timeout.Infinite, cancellationToken);
        }
    }

    private sealed class Observer(Func<string, Task> onPublished) : IPublishObserver
    {
        public Task OnPublishedAsync(string environment, CancellationToken cancellationToken) => onPublished(environment);
    }
}
