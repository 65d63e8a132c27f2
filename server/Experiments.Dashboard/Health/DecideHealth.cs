using Experiments.Client;
using Experiments.Control.Definitions;
using Experiments.Control.Storage;
using Experiments.Control.Versions;
using Experiments.Dashboard.Models;

namespace Experiments.Dashboard.Health;

/// <summary>How deciding goes in this process, environment by environment.</summary>
internal sealed class DecideHealth(IDefinitionStore definitions, IEnumerable<IDecideStatus> decide)
{
    private const int Shown = 8;

    private readonly IDecideStatus? _decide = decide.FirstOrDefault();

    public async Task<IReadOnlyList<HealthRow>> ReadAsync(IReadOnlyList<EnvironmentDefinition> environments)
    {
        if (_decide is null)
        {
            return
            [
                new HealthRow(
                    "Decide", HealthLevel.Idle,
                    "This process decides nothing, it only keeps and publishes. Each decide server says at /health which versions it decides by."),
            ];
        }

        IReadOnlyDictionary<string, DeciderStatus> statuses = _decide.Read();
        List<HealthRow> rows = [];
        foreach (EnvironmentDefinition environment in environments)
        {
            if (await FindLiveVersionAsync(environment.Id) is { } live)
            {
                rows.Add(RowOf(environment.Name, statuses.GetValueOrDefault(environment.Name), live));
            }
        }

        // Trouble first, so that it is never what is left out.
        HealthRow[] shown = [.. rows.OrderByDescending(static row => row.Level).Take(Shown)];
        return rows.Count <= Shown
            ? shown
            : [.. shown, new HealthRow("Decide", shown[^1].Level, $"{rows.Count - Shown} more environments are no worse than the last one here.")];
    }

    private static HealthRow RowOf(string environment, DeciderStatus? status, long liveVersion)
    {
        string name = $"Decide {environment}";
        if (status is null)
        {
            return new HealthRow(name, HealthLevel.Idle, "Nobody has asked this process for it yet: the first who does has it loaded.");
        }

        string confirmed = status.Age is { } age ? $"confirmed by the snapshot store {TimeWords.Ago(age)}" : "not confirmed by the snapshot store since the start";
        return status switch
        {
            { LastError: { } error } => new HealthRow(
                name, HealthLevel.Attention, $"Goes on deciding by version {status.SnapshotVersion}, {confirmed}. The last look failed: {error}"),
            { Readiness: not DeciderReadiness.Ready } => new HealthRow(
                name, HealthLevel.Attention, $"Decides by version {status.SnapshotVersion}, {confirmed}: it may be old."),
            _ when status.SnapshotVersion < liveVersion => new HealthRow(
                name, HealthLevel.Attention, $"Still decides by version {status.SnapshotVersion}; version {liveVersion} is live and comes with the next look."),
            _ => new HealthRow(name, HealthLevel.Healthy, $"Decides by version {status.SnapshotVersion}, {confirmed}."),
        };
    }

    // A store that fails has a row of its own.
    private async Task<long?> FindLiveVersionAsync(Guid environmentId)
    {
        try
        {
            return (await definitions.ReadAsync(reader => reader.FindLiveAsync(environmentId)))?.Version;
        }
        catch (StoreFailureException)
        {
            return null;
        }
    }
}
