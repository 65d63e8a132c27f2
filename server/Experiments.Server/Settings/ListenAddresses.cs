using System.Net;
using Experiments.Client.Hosting;

namespace Experiments.Server.Settings;

/// <summary>
/// Where this process will listen. Nobody has to sign in yet, so a process that can change what is live listens on loopback only,
/// unless the operator says otherwise.
/// </summary>
internal static class ListenAddresses
{
    private const string AllInterfaces = "*";

    /// <summary>The address to listen on where the configuration names none: the usual one of the process's role.</summary>
    public static string DefaultOf(ServerSettings settings) =>
        settings.Has(ServerRoles.Gateway) || settings.Has(ServerRoles.Dashboard) ? "http://localhost:3000"
        : settings.Has(ServerRoles.Control) ? "http://localhost:3001"
        : "http://localhost:3002";

    /// <summary>Every address that the configuration names, in any of the ways ASP.NET Core knows.</summary>
    public static IReadOnlyList<string> Read(IConfiguration configuration) =>
    [
        .. Split(configuration["urls"]),
        .. Split(configuration["http_ports"]).Select(static port => $"http://{AllInterfaces}:{port}"),
        .. Split(configuration["https_ports"]).Select(static port => $"https://{AllInterfaces}:{port}"),
        .. configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(static endpoint => endpoint["Url"] ?? AllInterfaces),
    ];

    /// <summary>The addresses that other machines can reach.</summary>
    public static IReadOnlyList<string> RemoteOnes(IConfiguration configuration) =>
        [.. Read(configuration).Where(static address => !IsLoopback(address))];

    public static void Check(IConfiguration configuration, SettingsReader reader, ServerSettings settings)
    {
        if (settings.AllowRemote || !settings.IsOpenToChanges)
        {
            return;
        }

        foreach (string address in RemoteOnes(configuration))
        {
            reader.Refuse(
                "AllowRemote",
                "false",
                $"true when listening on {address}: there is no sign-in yet, so everyone who reaches it can change what is live", 0);
        }
    }

    private static bool IsLoopback(string address)
    {
        // A Unix socket is protected by the rights of its file.
        if (address.Contains("://unix:", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        string host;
        try
        {
            host = BindingAddress.Parse(address).Host;
        }
        catch (FormatException)
        {
            return true; // No address at all: the server refuses it in its own words, and nobody can reach it.
        }

        return host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? ip) && IPAddress.IsLoopback(ip));
    }

    private static string[] Split(string? list) =>
        (list ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
