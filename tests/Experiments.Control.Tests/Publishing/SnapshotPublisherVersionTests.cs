using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Experiments.Control.Definitions;
using Experiments.Control.Publishing;
using Experiments.Control.Storage;
using Experiments.Control.Tests.Support;

namespace Experiments.Control.Tests.Publishing;

/// <summary>Which version is next, and what is written in which order.</summary>
public sealed class SnapshotPublisherVersionTests : IAsyncLifetime
{
    private readonly MemorySnapshotStore _store = new();
    private PublishBench? _bench;

    private PublishBench Bench => _bench!;

    public async Task InitializeAsync() => _bench = await PublishBench.CreateAsync(_store);

    public async Task DisposeAsync() => await Bench.DisposeAsync();

    [Fact]
    public async Task PublishAsync_First_WritesVersion1()
    {
        await Bench.PublishAsync();

        Assert.Equal(
            [PublishBench.Key("snapshots/1.json"), PublishBench.Key("snapshots/latest.json"), PublishBench.Key("version.json")],
            _store.Keys);
    }

    [Fact]
    public async Task PublishAsync_First_WritesSnapshotThenLatestThenPointer()
    {
        await Bench.PublishAsync();

        Assert.Equal(
            [PublishBench.Key("snapshots/1.json"), PublishBench.Key("snapshots/latest.json"), PublishBench.Key("version.json")],
            Bench.Store.Written);
        Assert.Equal("TryCreateAsync", Bench.Store.Calls.First(call => call.Key == PublishBench.Key("snapshots/1.json")).Member);
    }

    [Fact]
    public async Task PublishAsync_PointerSpelledOtherwise_IsTheSameNumber()
    {
        _store[PublishBench.Key("version.json")] = """{"version":60.0}""";

        await Bench.PublishAsync();

        Assert.Equal(61, PublishBench.VersionIn(_store[PublishBench.Key("version.json")]));
    }

    [Fact]
    public async Task PublishAsync_Again_WritesInTheSameOrder()
    {
        await Bench.PublishAsync();
        await Bench.PublishAsync();

        Assert.Equal(
            [PublishBench.Key("snapshots/2.json"), PublishBench.Key("snapshots/latest.json"), PublishBench.Key("version.json")],
            Bench.Store.Written.Skip(3));
    }

    [Fact]
    public async Task PublishAsync_Pointer_CarriesVersionHashAndTime()
    {
        PublishOutcome outcome = await Bench.PublishAsync();

        string sha256 = Convert.ToHexStringLower(SHA256.HashData(outcome.Snapshot.Span));
        Assert.Equal(
            $$"""{"version":1,"sha256":"{{sha256}}","publishedAt":"2026-01-02T03:04:05.678Z"}""", _store[PublishBench.Key("version.json")]);
        Assert.Equal("2026-01-02T03:04:05.678Z", JsonElement.Parse(outcome.Snapshot.Span).GetProperty("publishedAt").GetString());
    }

    [Fact]
    public async Task PublishAsync_Outcome_IsTheStoredSnapshot()
    {
        PublishOutcome outcome = await Bench.PublishAsync();

        Assert.Equal(_store[PublishBench.Key("snapshots/1.json")], Encoding.UTF8.GetString(outcome.Snapshot.Span));
        Assert.Equal(_store[PublishBench.Key("snapshots/latest.json")], Encoding.UTF8.GetString(outcome.Snapshot.Span));
    }

    [Fact]
    public async Task PublishAsync_DatabaseAhead_GoesOnAfterTheDatabase()
    {
        await Bench.ClaimAsync(7);
        _store[PublishBench.Key("version.json")] = PublishBench.Pointer(3);

        await Bench.PublishAsync();

        Assert.Equal(8, PublishBench.VersionIn(_store[PublishBench.Key("version.json")]));
    }

    [Theory]
    [InlineData("version.json")]
    [InlineData("snapshots/latest.json")]
    public async Task PublishAsync_StoreAhead_GoesOnAfterTheStore(string file)
    {
        await Bench.ClaimAsync(3);
        _store[PublishBench.Key(file)] = PublishBench.Pointer(41);

        await Bench.PublishAsync();

        Assert.Equal(42, PublishBench.VersionIn(_store[PublishBench.Key("version.json")]));
        Assert.Equal(42, PublishBench.VersionIn(_store[PublishBench.Key("snapshots/latest.json")]));
        Assert.Equal(42, (await Bench.TrailAsync())[0].Version);
    }

    [Fact]
    public async Task PublishAsync_ObjectsBeyondThePointer_AreNeverOverwritten()
    {
        _store[PublishBench.Key("version.json")] = PublishBench.Pointer(2);
        foreach (int version in new[] { 3, 4 })
        {
            _store[PublishBench.Key($"snapshots/{version}.json")] = "left by a publisher that died";
        }

        await Bench.PublishAsync();

        Assert.Equal("left by a publisher that died", _store[PublishBench.Key("snapshots/3.json")]);
        Assert.Equal("left by a publisher that died", _store[PublishBench.Key("snapshots/4.json")]);
        Assert.Equal(5, PublishBench.VersionIn(_store[PublishBench.Key("version.json")]));
        Assert.Equal(
            [(5, PublicationStatus.Published), (4, PublicationStatus.Failed), (3, PublicationStatus.Failed)],
            (await Bench.TrailAsync()).Select(record => ((int)record.Version, record.Status)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not JSON")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("""{"version":"9"}""")]
    [InlineData("""{"version":9.5}""")]
    [InlineData("""{"version":null}""")]
    [InlineData("""{"a":{"version":9}}""")]
    [InlineData("""[{"version":9}]""")]
    [InlineData("""{"\ud800aaaaaa":1}""")]
    [InlineData("\ufeff{\"version\":9")]
    public async Task PublishAsync_DamagedPointerAndLatest_AreReplaced(string damaged)
    {
        await Bench.PublishAsync();
        _store[PublishBench.Key("version.json")] = damaged;
        _store[PublishBench.Key("snapshots/latest.json")] = damaged;

        await Bench.PublishAsync();

        Assert.Equal(2, PublishBench.VersionIn(_store[PublishBench.Key("version.json")]));
        Assert.Equal(2, PublishBench.VersionIn(_store[PublishBench.Key("snapshots/latest.json")]));
    }

    [Fact]
    public async Task PublishAsync_PointerOfTheOlderPlatform_IsUnderstood()
    {
        _store[PublishBench.Key("version.json")] = """{ "nested": {"version": 99}, "version": 6 }""";

        await Bench.PublishAsync();

        Assert.Equal(7, PublishBench.VersionIn(_store[PublishBench.Key("version.json")]));
    }

    [Theory]
    [InlineData("version.json")]
    [InlineData("snapshots/latest.json")]
    public async Task PublishAsync_PointerRaisedByAnotherMeanwhile_LeavesTheHigherOne(string file)
    {
        Bench.Store.Before = (call, _) =>
        {
            if (call == new StoreCall(nameof(ISnapshotStore.TryReplaceAsync), PublishBench.Key(file)) && _store[call.Key] is null)
            {
                _store[call.Key] = PublishBench.Pointer(10);
            }

            return Task.CompletedTask;
        };

        await Bench.PublishAsync();

        Assert.Equal(PublishBench.Pointer(10), _store[PublishBench.Key(file)]);
    }

    [Fact]
    public async Task PublishAsync_PointerOfALowerVersionWrittenMeanwhile_IsReplaced()
    {
        await Bench.ClaimAsync(5);
        Bench.Store.Before = (call, _) =>
        {
            if (call == new StoreCall(nameof(ISnapshotStore.TryReplaceAsync), PublishBench.Key("version.json")) && _store[call.Key] is null)
            {
                _store[call.Key] = PublishBench.Pointer(2);
            }

            return Task.CompletedTask;
        };

        await Bench.PublishAsync();

        Assert.Equal(6, PublishBench.VersionIn(_store[PublishBench.Key("version.json")]));
    }

    [Theory]
    [InlineData("snapshots/latest.json")]
    [InlineData("version.json")]
    public async Task PublishAsync_DiedBeforeThePointer_LeavesThePointerAndGoesOn(string failing)
    {
        Bench.Store.Before = (call, _) => call.Key == PublishBench.Key(failing) && call.Member == nameof(ISnapshotStore.TryReplaceAsync)
            ? Task.FromException(new IOException("gone"))
            : Task.CompletedTask;
        Assert.NotNull((await Bench.Publisher.PublishAsync(Bench.EnvironmentId)).Error);
        Assert.Null(_store[PublishBench.Key("version.json")]);

        Bench.Store.Before = static (_, _) => Task.CompletedTask;
        await Bench.PublishAsync();

        Assert.Equal(2, PublishBench.VersionIn(_store[PublishBench.Key("version.json")]));
    }

    [Fact]
    public async Task PublishAsync_TwoEnvironments_CountForThemselves()
    {
        await Bench.PublishAsync();
        var other = new EnvironmentDefinition
        {
            Id = Guid.NewGuid(), Name = "other", CreatedAt = Bench.Time.GetUtcNow(), UpdatedAt = Bench.Time.GetUtcNow(),
        };
        await Bench.Definitions.WriteAsync(writer => writer.InsertAsync(other));

        Assert.Null((await Bench.Publisher.PublishAsync(other.Id)).Error);

        Assert.Equal(1, PublishBench.VersionIn(_store["configs/other/version.json"]));
    }
}
