using Experiments.Client.Hosting;

namespace Experiments.Control;

/// <summary>What the control role needs to know, read from the section <c>Experiments</c>.</summary>
internal sealed record ControlSettings
{
    /// <summary>Absolute; holds the database.</summary>
    public required string DataDirectory { get; init; }

    public required SnapshotStoreSettings Snapshots { get; init; }

    public static ControlSettings Read(SettingsReader settings, string dataDirectory, string contentRoot)
    {
        settings.Choice("Store:Kind", "litedb", "litedb");
        return new ControlSettings
        {
            DataDirectory = dataDirectory,
            Snapshots = SnapshotStoreSettings.Read(settings, dataDirectory, contentRoot),
        };
    }
}
