using System.Net;
using Experiments.Client.Hosting;
using Experiments.Control.Api;
using Experiments.Decide.Endpoints.Health;
using Experiments.Gateway;

namespace Experiments.Server.Settings;

/// <summary>The gateway's options as the configuration says them.</summary>
internal static class GatewaySettings
{
    // Where split processes usually listen.
    private const string DefaultControlUrl = "http://localhost:3001";
    private const string DefaultDecideUrl = "http://localhost:3002";

    private const int MaxPermitLimit = 1_000_000_000;
    private const string AddressRule = "IP addresses or networks such as 10.0.0.0/8";

    private static readonly TimeSpan DefaultWindow = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan MinWindow = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxWindow = TimeSpan.FromDays(1);

    public static GatewayOptions Read(IConfiguration configuration, SettingsReader reader, ServerRoles roles)
    {
        if (roles.HasFlag(ServerRoles.Gateway)
            && bool.TryParse(configuration["FORWARDEDHEADERS_ENABLED"], out bool trustsEveryone) && trustsEveryone)
        {
            reader.Refuse(
                "Gateway:TrustedProxies",
                reader.Text("Gateway:TrustedProxies"),
                "your proxies' addresses, without ASPNETCORE_FORWARDEDHEADERS_ENABLED, which would believe everyone", 0);
        }

        IReadOnlyList<Uri> controlUrls = reader.Urls(
            "Gateway:ControlUrl", "used where control is not in the process; between several, http://a:3001,http://b:3001, the gateway chooses", DefaultControlUrl);
        IReadOnlyList<Uri> decideUrls = reader.Urls(
            "Gateway:DecideUrl", "used where decide is not in the process; between several, http://a:3002,http://b:3002, the gateway chooses", DefaultDecideUrl);
        bool hasControl = roles.HasFlag(ServerRoles.Control);
        return new GatewayOptions
        {
            ControlUrls = hasControl ? [] : controlUrls,
            DecideUrls = roles.HasFlag(ServerRoles.Decide) ? [] : decideUrls,
            DecideHttp2 = reader.Flag(
                "Gateway:DecideHttp2", "whether the addresses of decide take HTTP/2 without TLS, and only that: an endpoint with Kestrel:Endpoints:NAME:Protocols=Http2", false),
            ControlHealth = static async (services, cancellationToken) =>
            {
                await services.GetRequiredService<ControlHealth>().CheckAsync(cancellationToken);
                return true;
            },
            DecideProblems = static services => services.GetRequiredService<DecideHealth>().Problems,
            ForwardOtherPaths = !hasControl,
            TrustedProxies = reader.List("Gateway:TrustedProxies", "whose X-Forwarded-For counts", ParseNetwork, AddressRule),
            RateLimit = new RateLimitOptions
            {
                Enabled = reader.Flag("RateLimit:Enabled", "limits /api/decide for each client address", true),
                PermitLimit = reader.Number("RateLimit:PermitLimit", "requests of an address in a window", 300, 1, MaxPermitLimit),
                Window = reader.Duration("RateLimit:Window", "after which an address has all of them again", DefaultWindow, MinWindow, MaxWindow),
                AllowList = reader.List("RateLimit:AllowList", "clients without a limit", ParseNetwork, AddressRule),
            },
        };
    }

    /// <summary>A single address is the network of that address alone.</summary>
    private static IPNetwork? ParseNetwork(string text)
    {
        if (IPAddress.TryParse(text, out IPAddress? address))
        {
            address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
            return new IPNetwork(address, address.GetAddressBytes().Length * 8);
        }

        return IPNetwork.TryParse(text, out IPNetwork network) ? network : null;
    }
}
