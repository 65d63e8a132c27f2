using System.Globalization;
using System.Text.Json;
using Experiments.Control.Auditing;
using Experiments.Control.Definitions;
using Experiments.Control.Publishing;
using Experiments.Control.Storage;
using Experiments.Control.Storage.LiteDb;
using Experiments.Control.Versions;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Experiments.Control.Tests.Support;

/// <summary>A publisher over a database of its own and a snapshot store that benches may share; one environment to publish.</summary>
internal sealed class PublishBench : IAsyncDisposable
{
    public const string EnvironmentName = "prod";

    private readonly TempDirectory _directory = new();
    private readonly Guid _environmentId;

    private PublishBench(ISnapshotStore inner, IEnumerable<IPublishObserver> observers, Guid environmentId)
    {
        _environmentId = environmentId;
        Store = new HookedSnapshotStore(inner);
        Definitions = new LiteDbDefinitionStore(_directory.Path);
        Publisher = new SnapshotPublisher(
            Definitions, Store, new VersionContents(), new PublishObservers(observers, Time, NullLogger<PublishObservers>.Instance), new Callers(), Time,
            NullLogger<SnapshotPublisher>.Instance);
    }

    public Guid EnvironmentId => _environmentId;

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero));

    public HookedSnapshotStore Store { get; }

    public IDefinitionStore Definitions { get; }

    public SnapshotPublisher Publisher { get; }

    public static async Task<PublishBench> CreateAsync(ISnapshotStore store, params IPublishObserver[] observers)
    {
        var bench = new PublishBench(store, observers, Guid.NewGuid());
        await bench.Definitions.WriteAsync(writer => writer.InsertAsync(new EnvironmentDefinition
        {
            Id = bench.EnvironmentId,
            Name = EnvironmentName,
            CreatedAt = UtcTime.Now(bench.Time),
            UpdatedAt = UtcTime.Now(bench.Time),
        }));
        return bench;
    }

    /// <summary>Publishes a new version and expects that to succeed.</summary>
    public async Task<PublishOutcome> PublishAsync()
    {
        PublishOutcome outcome = await Publisher.PublishAsync(EnvironmentId);
        Assert.Null(outcome.Error);
        return outcome;
    }

    /// <summary>As a change that goes live does.</summary>
    public Task<PublishState> RequestAsync() => Definitions.WriteAsync(writer => writer.RequestPublishAsync(EnvironmentId));

    public Task<PublishState> StateAsync() => Definitions.ReadAsync(reader => reader.GetPublishStateAsync(EnvironmentId));

    /// <summary>Pretends that versions up to this one were claimed before.</summary>
    public Task<PublicationRecord> ClaimAsync(long version) =>
        Definitions.WriteAsync(writer => writer.ClaimVersionAsync(EnvironmentId, version - 1, UtcTime.Now(Time)));

    /// <summary>Highest version first.</summary>
    public async Task<IReadOnlyList<PublicationRecord>> TrailAsync() =>
        (await Definitions.ReadAsync(reader => reader.ListPublicationsAsync(EnvironmentId, PageRange.All))).Items;

    public async Task<ExperimentDefinition> AddRunningAsync(string key)
    {
        var variant = new VariantDefinition { Id = Guid.NewGuid(), Key = "a", Name = "A" };
        var experiment = new ExperimentDefinition
        {
            Id = Guid.NewGuid(),
            EnvironmentId = EnvironmentId,
            Key = key,
            Name = key,
            Salt = Guid.NewGuid().ToString(),
            Status = ExperimentStatus.Running,
            Variants = [variant],
            Allocations = [new AllocationDefinition { Id = Guid.NewGuid(), VariantId = variant.Id, RangeStart = 0, RangeEnd = 9999 }],
            CreatedAt = UtcTime.Now(Time),
            UpdatedAt = UtcTime.Now(Time),
        };
        return (await Definitions.WriteAsync(writer => writer.InsertAsync(experiment)))!;
    }

    public async ValueTask DisposeAsync()
    {
        await Definitions.DisposeAsync();
        _directory.Dispose();
    }

    public static string Key(string file) => $"configs/{EnvironmentName}/{file}";

    public static long VersionIn(string? json) =>
        json is null ? 0 : JsonElement.Parse(json).GetProperty("version").GetInt64();

    public static string Pointer(long version) => string.Create(CultureInfo.InvariantCulture, $$"""{"version":{{version}}}""");
}
