using Experiments.Client.Hosting;
using Experiments.Control;
using Experiments.Decide.Endpoints;
using Experiments.Decide.Endpoints.Lifetime;
using Experiments.Decide.Endpoints.Telemetry;
using Experiments.Gateway;

namespace Experiments.Server.Settings;

/// <summary>Everything that the configuration says, read once and checked as a whole before anything starts.</summary>
internal sealed record ServerSettings
{
    public const string Section = "Experiments";

    private const string AllRoles = "control,decide,gateway,dashboard";
    private const string DefaultDataDirectory = "data";

    public required ServerRoles Roles { get; init; }

    /// <summary>Absolute.</summary>
    public required string DataDirectory { get; init; }

    public required bool AllowRemote { get; init; }

    /// <summary>How long it goes on taking requests once it is told to stop.</summary>
    public required TimeSpan DrainPeriod { get; init; }

    public required TelemetrySettings Telemetry { get; init; }

    public required ControlSettings Control { get; init; }

    public required DecideSettings Decide { get; init; }

    public required GatewayOptions Gateway { get; init; }

    /// <summary>Whether whoever reaches this process can change what is live: there is no sign-in, and a gateway forwards to control.</summary>
    public bool IsOpenToChanges => Has(ServerRoles.Control) || Has(ServerRoles.Dashboard) || Has(ServerRoles.Gateway);

    /// <summary>Whether routes answer without <c>/api</c> too.</summary>
    public bool ServesAtRoot => !Has(ServerRoles.Gateway) && !Has(ServerRoles.Dashboard);

    public bool Has(ServerRoles role) => Roles.HasFlag(role);

    /// <exception cref="SettingsException">Something is wrong; the message lists all of it.</exception>
    public static ServerSettings Read(IConfiguration configuration, string contentRoot) =>
        Read(configuration, contentRoot, new SettingsReader(configuration, Section));

    /// <inheritdoc cref="Read(IConfiguration, string)"/>
    public static ServerSettings Read(IConfiguration configuration, string contentRoot, SettingsReader reader)
    {
        ServerRoles roles = ReadRoles(reader);
        string dataDirectory = Path.GetFullPath(Path.Combine(contentRoot, reader.Text(
            "DataDirectory", "database, snapshots, last good snapshots; relative to the content root", DefaultDataDirectory) ?? DefaultDataDirectory));
        var settings = new ServerSettings
        {
            Roles = roles,
            DataDirectory = dataDirectory,
            AllowRemote = reader.Flag(
                "AllowRemote", "allows a process with control, dashboard or gateway to listen on more than loopback: there is no sign-in yet", false),
            DrainPeriod = DrainSettings.Read(reader),
            Telemetry = TelemetrySettings.Read(configuration, reader, roles.HasFlag(ServerRoles.Gateway)),
            Control = ControlSettings.Read(reader, dataDirectory, contentRoot),
            Decide = DecideSettings.Read(reader, contentRoot),
            Gateway = GatewaySettings.Read(configuration, reader, roles),
        };
        ListenAddresses.Check(configuration, reader, settings);
        return reader.Problems.Count == 0 ? settings : throw new SettingsException(reader.Problems.Distinct(StringComparer.Ordinal));
    }

    private static ServerRoles ReadRoles(SettingsReader reader)
    {
        ServerRoles roles = ServerRoles.None;
        foreach (string name in reader.List("Roles", AllRoles, "what this process does; dashboard needs control", $"some of {AllRoles}"))
        {
            roles |= Enum.TryParse(name, ignoreCase: true, out ServerRoles role) && Enum.IsDefined(role) && role != ServerRoles.None
                && !char.IsAsciiDigit(name[0])
                ? role
                : reader.Refuse("Roles", name, $"a comma-separated list out of {AllRoles}", ServerRoles.None);
        }

        if (roles.HasFlag(ServerRoles.Dashboard) && !roles.HasFlag(ServerRoles.Control))
        {
            reader.Refuse("Roles", reader.Text("Roles"), "dashboard together with control in the same process", 0);
        }

        return roles != ServerRoles.None || reader.Problems.Count > 0
            ? roles
            : reader.Refuse("Roles", reader.Text("Roles"), $"at least one out of {AllRoles}", roles);
    }
}
