using Experiments.Client.Hosting;
using Experiments.Control.Publishing;
using Experiments.Control.Storage.LiteDb;

namespace Experiments.Control;

/// <summary>What the control role needs to know, read from the section <c>Experiments</c>.</summary>
internal sealed record ControlSettings
{
    /// <summary>Absolute; holds the database where that is LiteDB.</summary>
    public required string DataDirectory { get; init; }

    public required StoreSettings Store { get; init; }

    public required SnapshotStoreSettings Snapshots { get; init; }

    /// <summary>Which snapshots the server keeps by itself; without limits it deletes none.</summary>
    public RetentionRule Retention { get; init; } = new(KeepVersions: null, KeepFor: null);

    /// <summary>For people: where definitions are kept.</summary>
    public string StoreDescription => Store.Description ?? Path.Combine(DataDirectory, LiteDbFile.FileName);

    public static ControlSettings Read(SettingsReader settings, string dataDirectory, string contentRoot)
    {
        return new ControlSettings
        {
            DataDirectory = dataDirectory,
            Store = StoreSettings.Read(settings),
            Snapshots = SnapshotStoreSettings.Read(settings, dataDirectory, contentRoot),
            Retention = new RetentionRule(
                settings.Number("Snapshots:KeepVersions", 0, 0, RetentionRule.MaxVersions) is > 0 and var versions ? versions : null,
                settings.Duration("Snapshots:KeepFor", TimeSpan.Zero, TimeSpan.Zero, RetentionRule.MaxAge) is var age && age > TimeSpan.Zero ? age : null),
        };
    }
}
