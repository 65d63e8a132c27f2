using System.Text;
using Experiments.Client.Decisions;
using Experiments.Client.Snapshots;
using Experiments.Client.Snapshots.Loading;

namespace Experiments.Client.Tests;

/// <summary>Deciders on a snapshot given as JSON.</summary>
internal static class Deciders
{
    public static FeatureDecider From(ReadOnlyMemory<byte> json, string environment, long version)
    {
        SnapshotLoad load = SnapshotReader.Read(json, environment, version);
        Assert.Empty(load.Faults);
        var holder = new SnapshotHolder();
        holder.Swap(load.Snapshot!);
        return new FeatureDecider(environment, holder, DecisionSurroundings.Default);
    }

    public static FeatureDecider From(string experimentsJson) => From(
        Encoding.UTF8.GetBytes(
            $$"""{"version":1,"environment":"prod","publishedAt":"2026-11-24T00:00:00.000Z","experiments":{{experimentsJson}}}"""),
        "prod",
        1);
}
