using Experiments.Client.Hosting;

namespace Experiments.Control;

/// <summary>What the control role needs to know, read from the section <c>Experiments</c>.</summary>
internal sealed record ControlSettings
{
    private const string DatabaseFile = "experiments.db";

    public required string DatabasePath { get; init; }

    public required SnapshotStoreSettings Snapshots { get; init; }

    public static ControlSettings Read(SettingsReader settings, string dataDirectory, string contentRoot)
    {
        settings.Choice("Store:Kind", "litedb", "litedb");
        return new ControlSettings
        {
            DatabasePath = Path.Combine(dataDirectory, DatabaseFile),
            Snapshots = SnapshotStoreSettings.Read(settings, dataDirectory, contentRoot),
        };
    }
}
