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
                settings.Number(
                    "Snapshots:KeepVersions",
                    "control deletes snapshots beyond the newest so many, the live one counted, at its start and every hour; never the live one nor what is newer; 0 keeps all",
                    0, 0, RetentionRule.MaxVersions) is > 0 and var versions ? versions : null,
                settings.Duration(
                    "Snapshots:KeepFor", "and those that another version took the place of longer ago, such as 30.00:00:00; where both are given, what either keeps stays; 0 is for ever", TimeSpan.Zero, TimeSpan.Zero, RetentionRule.MaxAge) is var age && age > TimeSpan.Zero ? age : null,
                RetentionRule.ReaderGrace),
        };
    }
}
