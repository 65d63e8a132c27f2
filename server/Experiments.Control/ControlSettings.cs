using Experiments.Client.Hosting;
using Experiments.Control.Storage.LiteDb;

namespace Experiments.Control;

/// <summary>What the control role needs to know, read from the section <c>Experiments</c>.</summary>
internal sealed record ControlSettings
{
    /// <summary>Absolute; holds the database where that is LiteDB.</summary>
    public required string DataDirectory { get; init; }

    public required StoreSettings Store { get; init; }

    public required SnapshotStoreSettings Snapshots { get; init; }

    /// <summary>For people: where definitions are kept.</summary>
    public string StoreDescription => Store.Description ?? Path.Combine(DataDirectory, LiteDbFile.FileName);

    public static ControlSettings Read(SettingsReader settings, string dataDirectory, string contentRoot)
    {
        return new ControlSettings
        {
            DataDirectory = dataDirectory,
            Store = StoreSettings.Read(settings),
            Snapshots = SnapshotStoreSettings.Read(settings, dataDirectory, contentRoot),
        };
    }
}
