// The limit that benchmarks/load/gateway.sh measures the gateway against: YARP as its first page shows it, one route and one address.
// Sends every request to what --Backend names, with the path's first segment, /api, taken away; with --Http2 true by HTTP/2 without TLS.

using System.Net;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;

WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
builder.WebHost.ConfigureKestrel(static kestrel => kestrel.AddServerHeader = false);
string backend = builder.Configuration["Backend"] ?? throw new InvalidOperationException("--Backend names a URL.");
builder.Services.AddReverseProxy().LoadFromMemory(
    [
        new RouteConfig
        {
            RouteId = "all",
            ClusterId = "backend",
            Match = new RouteMatch { Path = "/api/{**rest}" },
            Transforms = [new Dictionary<string, string>(StringComparer.Ordinal) { ["PathRemovePrefix"] = "/api" }],
        },
    ],
    [
        new ClusterConfig
        {
            ClusterId = "backend",
            HttpRequest = builder.Configuration["Http2"] is "true"
                ? new ForwarderRequestConfig { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact }
                : null,
            Destinations = new Dictionary<string, DestinationConfig>(StringComparer.Ordinal) { ["one"] = new() { Address = backend } },
        },
    ]);
WebApplication app = builder.Build();
app.MapReverseProxy();
app.Run();
