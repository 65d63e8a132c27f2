using Experiments.Client;
using Experiments.Client.Hosting;
using Experiments.Client.Snapshots;

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

    /// <summary>Loaded at the start and kept, and needed to be ready. Any other is found when it is asked for.</summary>
    public IReadOnlyList<string> Environments { get; init; } = [];

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
            Environments = ReadEnvironments(settings),
            PushUrl = settings.Url("PushUrl", "a control server or gateway whose events make decide look at once when something was published; polling goes on"),
            PollInterval = settings.Duration(
                "PollInterval", "how often decide looks for a new snapshot", DefaultPollInterval, ExperimentsOptions.MinPollInterval, ExperimentsOptions.MaxPollInterval),
        };
    }

    private static string[] ReadEnvironments(SettingsReader settings)
    {
        string[] names = [.. settings.List(
            "Environments", about: "environments that decide loads at its start; it is not ready while one of them is published but not loaded; others are loaded when somebody asks for them",
            allowed: "a comma-separated list of names").Distinct(StringComparer.Ordinal)];
        foreach (string name in names.Where(static name => !EnvironmentNames.IsValid(name)))
        {
            settings.Refuse("Environments", name, EnvironmentNames.Rule, 0);
        }

        return names;
    }
}
