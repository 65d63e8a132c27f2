// The limit that benchmarks/load/gateway.sh measures the gateway against: YARP as its first page shows it, one route and its addresses.
// Sends every request to what --Backend names, one address or several with commas between of which YARP chooses as it does by default, with
// the path's first segment, /api, taken away; with --Http2 true by HTTP/2 without TLS.

using System.Net;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;

WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
builder.WebHost.ConfigureKestrel(static kestrel => kestrel.AddServerHeader = false);
string backends = builder.Configuration["Backend"] ?? throw new InvalidOperationException("--Backend names URLs.");
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
            Destinations = backends.Split(',').ToDictionary(static url => url, static url => new DestinationConfig { Address = url }, StringComparer.Ordinal),
        },
    ]);
WebApplication app = builder.Build();
app.MapReverseProxy();
app.Run();
