using System.Net;
using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.LoadBalancing;
using Yarp.ReverseProxy.SessionAffinity;

namespace Experiments.Gateway.Proxying;

/// <summary>The servers behind the gateway: where they are, how long each may take, and how it is told which of them can be asked.</summary>
internal static class ProxyClusters
{
    public const string Decide = "decide";

    /// <summary>
    /// The same addresses as <see cref="Decide"/> over connections of its own, with the time that a node takes to load an environment. No route
    /// leads here, see <see cref="LastAttempt"/>.
    /// </summary>
    public const string DecideAgain = "decide again";

    public const string Control = "control";

    public const string Pages = "pages";

    private const string ReadinessPath = "/health/ready";
    private const string ServerCookie = "experiments-server";

    // A decision takes microseconds: a node that says nothing for a second is not one to wait for while there are others.
    private static readonly TimeSpan NodeTimeout = TimeSpan.FromSeconds(1);

    // Longer than a node lets the first request of an environment wait for its load, which is 5 s.
    private static readonly TimeSpan LastNodeTimeout = TimeSpan.FromSeconds(6);

    // Longer than what holds a request on purpose: a long poll of SignalR (90 s) and the ping of an idle WebSocket (120 s).
    private static readonly TimeSpan PagesTimeout = TimeSpan.FromSeconds(150);

    private static readonly TimeSpan ProbeInterval = TimeSpan.FromSeconds(2);

    // Longer than control takes to say that its database does not answer, which is 2 s.
    private static readonly TimeSpan ControlProbeTimeout = TimeSpan.FromSeconds(3);

    // A name may mean other servers by now.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(1);

    // Connections for second attempts are to be newer than the node that went silent.
    private static readonly TimeSpan SecondConnectionLifetime = TimeSpan.FromSeconds(10);

    // While there is another server to go to.
    private static readonly TimeSpan ControlConnectTimeout = TimeSpan.FromSeconds(3);

    public static IReadOnlyList<ClusterConfig> Of(GatewayOptions options)
    {
        List<ClusterConfig> clusters = [];
        if (!options.DecidesHere)
        {
            clusters.Add(Nodes(Decide, NodeTimeout, options));

            // The probes of the first cluster are enough; that a request failed counts for a node whichever attempt it was.
            ClusterConfig again = Nodes(DecideAgain, LastNodeTimeout, options);
            clusters.Add(again with { HealthCheck = again.HealthCheck is { } check ? check with { Active = null } : null });
        }

        if (options.ControlUrls.Count > 0)
        {
            clusters.Add(Cluster(Control, "control", options.ControlUrls, options.BackendTimeout, ControlProbeTimeout));
            if (options.ForwardOtherPaths)
            {
                ClusterConfig pages = Cluster(Pages, "control", options.ControlUrls, PagesTimeout, ControlProbeTimeout);
                clusters.Add(options.ControlUrls.Count > 1 ? pages with { SessionAffinity = OneServerForABrowser() } : pages);
            }
        }

        return clusters;
    }

    public static void Configure(SocketsHttpHandler handler, string clusterId, GatewayOptions options)
    {
        handler.PooledConnectionLifetime = clusterId is DecideAgain ? SecondConnectionLifetime : ConnectionLifetime;
        if (clusterId is Control or Pages && options.ControlUrls.Count > 1)
        {
            handler.ConnectTimeout = ControlConnectTimeout;
        }

        // The long time is for a node that has the request. Before that the request can go to another one, whatever it is.
        if (clusterId is DecideAgain && options.DecideUrls.Count > 1)
        {
            handler.ConnectTimeout = NodeTimeout;
        }
    }

    private static ClusterConfig Nodes(string id, TimeSpan timeout, GatewayOptions options)
    {
        ClusterConfig nodes = Cluster(id, "decide", options.DecideUrls, Least(timeout, options.BackendTimeout), NodeTimeout);
        return options.DecideHttp2
            ? nodes with { HttpRequest = nodes.HttpRequest! with { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact } }
            : nodes;
    }

    private static ClusterConfig Cluster(string id, string service, IReadOnlyList<Uri> urls, TimeSpan timeout, TimeSpan probeTimeout) => new()
    {
        ClusterId = id,
        Destinations = urls.Index().ToDictionary(
            one => urls.Count == 1 ? service : $"{service} {one.Index + 1}", static one => Destination(one.Item), StringComparer.Ordinal),
        LoadBalancingPolicy = LoadBalancingPolicies.PowerOfTwoChoices,
        HttpRequest = new ForwarderRequestConfig { ActivityTimeout = timeout },
        HealthCheck = urls.Count == 1 ? null : HealthCheck(probeTimeout),
    };

    private static HealthCheckConfig HealthCheck(TimeSpan timeout) => new()
    {
        // What cannot be asked is left alone for a moment; where all are, all are asked.
        AvailableDestinationsPolicy = HealthCheckConstants.AvailableDestinations.HealthyOrPanic,
        Active = new ActiveHealthCheckConfig
        {
            Enabled = true,
            Interval = ProbeInterval,
            Timeout = timeout,
            // A server that is told to stop says so there first, and one without a snapshot or a database.
            Path = ReadinessPath,
            Policy = HealthCheckConstants.ActivePolicy.ConsecutiveFailures,
        },
        Passive = new PassiveHealthCheckConfig { Enabled = true, ReactivationPeriod = ProbeInterval, Policy = HealthCheckConstants.PassivePolicy.TransportFailureRate },
    };

    // What a page shows is kept by the server that made it. Where that one is gone, another one makes the page anew.
    private static SessionAffinityConfig OneServerForABrowser() => new()
    {
        Enabled = true,
        Policy = SessionAffinityConstants.Policies.HashCookie,
        FailurePolicy = SessionAffinityConstants.FailurePolicies.Redistribute,
        AffinityKeyName = ServerCookie,
        Cookie = new SessionAffinityCookieConfig
        {
            Path = "/",
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            SecurePolicy = CookieSecurePolicy.SameAsRequest,
            IsEssential = true,
        },
    };

    private static DestinationConfig Destination(Uri url) =>
        new() { Address = url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped) };

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
