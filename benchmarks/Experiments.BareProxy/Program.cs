// The limit that benchmarks/load/gateway.sh measures the gateway against: YARP as its first page shows it, one route and one address.
// Sends every request to what --Backend names, with the path's first segment, /api, taken away.

using Yarp.ReverseProxy.Configuration;

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
            Destinations = new Dictionary<string, DestinationConfig>(StringComparer.Ordinal) { ["one"] = new() { Address = backend } },
        },
    ]);
WebApplication app = builder.Build();
app.MapReverseProxy();
app.Run();
