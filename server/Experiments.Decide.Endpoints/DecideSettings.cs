using Experiments.Client;
using Experiments.Client.Hosting;

namespace Experiments.Decide.Endpoints;

/// <summary>What the decide role takes from the configuration section <c>Experiments</c>.</summary>
internal sealed record DecideSettings
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Experiments";

    private const string DefaultDataDirectory = "data";
    private const string LastGoodFolder = "last-good";

    private static readonly TimeSpan DefaultPollInterval = TimeSpan.FromSeconds(5);

    /// <summary>Where snapshots come from.</summary>
    public required SnapshotStoreSettings Snapshots { get; init; }

    /// <summary>Absolute path.</summary>
    public required string LastGoodDirectory { get; init; }

    /// <summary>Time between two looks at an environment, and how long a name that is not published is remembered.</summary>
    public TimeSpan PollInterval { get; init; } = DefaultPollInterval;

    /// <summary>Whose events say that something was published; null listens to nobody.</summary>
    public Uri? PushUrl { get; init; }

    /// <summary>Environments with a snapshot beyond which the least recently used one leaves.</summary>
    public int MaxEnvironments { get; init; } = 10_000;

    /// <param name="settings">Collects what is wrong; the caller reports it.</param>
    /// <param name="contentRoot">Relative directories start here.</param>
    public static DecideSettings Read(SettingsReader settings, string contentRoot)
    {
        string dataDirectory = Path.GetFullPath(Path.Combine(contentRoot, settings.Text("DataDirectory") ?? DefaultDataDirectory));
        return new DecideSettings
        {
            Snapshots = SnapshotStoreSettings.Read(settings, dataDirectory, contentRoot),
            LastGoodDirectory = Path.Combine(dataDirectory, LastGoodFolder),
            PushUrl = settings.Url("PushUrl", "a control server or gateway whose events make decide look at once when something was published; polling goes on"),
            PollInterval = settings.Duration(
                "PollInterval", "how often decide looks for a new snapshot", DefaultPollInterval, ExperimentsOptions.MinPollInterval, ExperimentsOptions.MaxPollInterval),
        };
    }
}
