using Experiments.Control.Definitions;
using Experiments.Control.Publishing;
using Experiments.Control.Storage;
using Experiments.Dashboard.Models;

namespace Experiments.Dashboard.Health;

/// <summary>How the stores, publishing and deciding are. Looks at each store at most every two seconds, whoever asks.</summary>
internal sealed class HealthReading
{
    // Enough for a last day: a publish of 10,000 flags keeps about 3 MB.
    private const long FewBytes = 500_000_000;

    private readonly ISnapshotStore _snapshots;
    private readonly SnapshotPublisher _publisher;
    private readonly DecideHealth _decide;
    private readonly TimeProvider _time;
    private readonly StoreProbe<StoreCondition> _definitionProbe;
    private readonly StoreProbe<bool> _snapshotProbe;

    public HealthReading(
        IDefinitionStore definitions, ISnapshotStore snapshots, SnapshotPublisher publisher, IEnumerable<IDecideStatus> decide, TimeProvider time)
    {
        _snapshots = snapshots;
        _publisher = publisher;
        _decide = new DecideHealth(definitions, decide);
        _time = time;
        _definitionProbe = new StoreProbe<StoreCondition>(definitions.InspectAsync, time);
        _snapshotProbe = new StoreProbe<bool>(
            async cancellationToken =>
            {
                await snapshots.CheckAsync(cancellationToken);
                return true;
            },
            time);
    }

    /// <summary>Never fails: what cannot be read is what it says.</summary>
    public async Task<IReadOnlyList<HealthRow>> ReadAsync(IReadOnlyList<EnvironmentDefinition> environments)
    {
        Task<HealthRow> definitions = DefinitionsAsync();
        Task<HealthRow> snapshots = SnapshotsAsync();
        return [await definitions, await snapshots, .. Publishing(environments), .. await _decide.ReadAsync(environments)];
    }

    private Task<HealthRow> DefinitionsAsync() => RowAsync("Definition store", "Nothing can be changed", async () =>
    {
        StoreCondition condition = await _definitionProbe.ReadAsync();
        string text = $"{SizeWords.Of(condition.Bytes)} in {condition.Location}.";
        return condition.FreeBytes is { } free and < FewBytes
            ? (HealthLevel.Attention, $"{text} Only {SizeWords.Of(free)} are left there: nothing can be changed once that is full.")
            : (HealthLevel.Healthy, $"Takes changes. {text}");
    });

    private Task<HealthRow> SnapshotsAsync() => RowAsync("Snapshot store", $"Nothing can be published in {_snapshots.Location}", async () =>
    {
        await _snapshotProbe.ReadAsync();
        return (HealthLevel.Healthy, $"Takes snapshots, in {_snapshots.Location}.");
    });

    private HealthRow[] Publishing(IReadOnlyList<EnvironmentDefinition> environments)
    {
        HealthRow[] failing =
        [
            .. environments.Where(one => _publisher.Failures.ContainsKey(one.Id)).Select(one => (one.Name, Failure: _publisher.Failures[one.Id])).Select(one => new HealthRow(
                $"Publishing {one.Name}",
                HealthLevel.Failing,
                $"Changes are stored but not live. It is tried again by itself, in vain since {TimeWords.Clock(one.Failure.Since)} "
                + $"({TimeWords.Between(one.Failure.Since, _time.GetUtcNow())}). {one.Failure.Error}")),
        ];
        return failing.Length > 0 ? failing : [new HealthRow("Publishing", HealthLevel.Healthy, "No attempt has failed that was not made good.")];
    }

    private static async Task<HealthRow> RowAsync(string name, string consequence, Func<Task<(HealthLevel Level, string Text)>> read)
    {
        try
        {
            (HealthLevel level, string text) = await read();
            return new HealthRow(name, level, text);
        }
        catch (TimeoutException)
        {
            return new HealthRow(name, HealthLevel.Failing, $"{consequence}: it does not answer.");
        }
#pragma warning disable CA1031 // A store throws whatever it likes, and that is what is to be shown here.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return new HealthRow(name, HealthLevel.Failing, $"{consequence}: {failure.Message}");
        }
    }
}
