using Experiments.Client.Snapshots;
using Experiments.Control.Definitions;
using Experiments.Control.Publishing;
using Experiments.Control.Storage;
using Experiments.Control.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Experiments.Control.Tests.Publishing;

/// <summary>The server applies its own rule at the start and every hour, and goes on after a failure.</summary>
public sealed class RetentionServiceTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly MemorySnapshotStore _snapshots = new();

    [Fact]
    public async Task Start_WithARule_DeletesAtOnceAndEveryHourAlsoAfterAFailure()
    {
        using var directory = new TempDirectory();
        await using var definitions = new Control.Storage.LiteDb.LiteDbDefinitionStore(directory.Path);
        await definitions.WriteAsync(async writer =>
        {
            // A first one whose snapshots cannot be listed does not keep the others.
            await writer.InsertAsync(new EnvironmentDefinition { Id = Guid.NewGuid(), Name = "broken", CreatedAt = _time.GetUtcNow(), UpdatedAt = _time.GetUtcNow() });
            await writer.InsertAsync(new EnvironmentDefinition { Id = Guid.NewGuid(), Name = "prod", CreatedAt = _time.GetUtcNow(), UpdatedAt = _time.GetUtcNow() });
            return true;
        });
        var hooked = new HookedSnapshotStore(_snapshots);
        hooked.Before = FailFirst;
        Publish(1, 2, 3);
        using var service = new RetentionService(
            definitions, new SnapshotRetention(hooked, _time), new RetentionRule(KeepVersions: 2, KeepFor: null), _time, NullLogger<RetentionService>.Instance);
        await service.StartAsync(CancellationToken.None);
        await KeptAsync("2 3");

        Publish(4);
        hooked.Before = static (call, _) => call.Member == nameof(ISnapshotStore.DeleteAsync) || call.Key.Contains("broken", StringComparison.Ordinal) ? throw new IOException("the disk is gone") : Task.CompletedTask;
        int calls = hooked.Calls.Count;
        await Eventually.PassesAsync(() =>
        {
            _time.Advance(TimeSpan.FromHours(1));
            Assert.Contains(hooked.Calls.Skip(calls), static call => call.Member == nameof(ISnapshotStore.DeleteAsync));
            return Task.CompletedTask;
        }, "a look that fails");
        await KeptAsync("2 3 4");
        hooked.Before = FailFirst;
        await Eventually.PassesAsync(async () =>
        {
            _time.Advance(TimeSpan.FromHours(1));
            await KeptAsync("3 4");
        }, "the next look");
        await service.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Running_LeadsLater_DeletesWithinAMinute()
    {
        using var directory = new TempDirectory();
        await using var definitions = new Control.Storage.LiteDb.LiteDbDefinitionStore(directory.Path);
        await definitions.WriteAsync(writer => writer.InsertAsync(
            new EnvironmentDefinition { Id = Guid.NewGuid(), Name = "prod", CreatedAt = _time.GetUtcNow(), UpdatedAt = _time.GetUtcNow() }));
        Publish(1, 2, 3);
        bool leads = false;
        int asked = 0;
        var store = new LookCountingStore(definitions)
        {
            Leads = () =>
            {
                Interlocked.Increment(ref asked);
                return Volatile.Read(ref leads);
            },
        };
        using var service = new RetentionService(
            store, new SnapshotRetention(_snapshots, _time), new RetentionRule(KeepVersions: 2, KeepFor: null), _time, NullLogger<RetentionService>.Instance);
        await service.StartAsync(CancellationToken.None);
        await Eventually.HoldsAsync(() => Volatile.Read(ref asked) == 1, "the first look");
        await KeptAsync("1 2 3");

        Volatile.Write(ref leads, true);
        _time.Advance(TimeSpan.FromMinutes(1));
        await KeptAsync("2 3");
        await service.StopAsync(CancellationToken.None);
    }

    private static Task FailFirst(StoreCall call, CancellationToken cancellationToken) =>
        call.Key.Contains("broken", StringComparison.Ordinal) ? throw new InvalidDataException("not for a directory") : Task.CompletedTask;

    private void Publish(params int[] versions)
    {
        foreach (int version in versions)
        {
            _snapshots[SnapshotKeys.Snapshot("prod", version)] = "{}";
            _snapshots[SnapshotKeys.Latest("prod")] = $$"""{"version":{{version}}}""";
            _snapshots[SnapshotKeys.Pointer("prod")] = $$"""{"version":{{version}}}""";
        }
    }

    private Task KeptAsync(string expected) => Eventually.PassesAsync(() =>
    {
        Assert.Equal(expected, string.Join(' ', _snapshots.Keys.Select(static key => StoredVersion.VersionOf(key[(key.LastIndexOf('/') + 1)..])).OfType<long>().Order()));
        return Task.CompletedTask;
    }, $"the snapshots {expected}");
}
