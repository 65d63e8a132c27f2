using Experiments.Decide.Endpoints;

namespace Experiments.Decide;

/// <summary>What a person who started the program wants to know next.</summary>
internal static class StartMessage
{
    public static void Print(WebApplication app)
    {
        var settings = app.Services.GetRequiredService<DecideSettings>();
        Console.WriteLine($"""
            Experiments.Decide listens on {string.Join(", ", app.Urls)}
            Snapshots come from {settings.Snapshots.Description}, looked at every {settings.PollInterval}
            Last good snapshots are kept in {settings.LastGoodDirectory}
            Try: curl '{UrlForCurl(app)}/decide?user_key=user-123&env=prod'
            """);
    }

    // By itself curl speaks HTTP/1.1, which an address for HTTP/2 without TLS does not take.
    private static string UrlForCurl(WebApplication app)
    {
        HashSet<int> http2 =
        [
            .. app.Configuration.GetSection("Kestrel:Endpoints").GetChildren()
                .Where(static endpoint => string.Equals(endpoint["Protocols"], "Http2", StringComparison.OrdinalIgnoreCase))
                .Select(static endpoint => BindingAddress.Parse(endpoint["Url"]!).Port),
        ];
        return app.Urls.FirstOrDefault(url => !http2.Contains(BindingAddress.Parse(url).Port)) ?? app.Urls.First();
    }
}
