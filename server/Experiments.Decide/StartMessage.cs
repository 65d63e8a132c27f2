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
            Try: curl '{app.Urls.First()}/decide?user_key=user-123&env=prod'
            """);
    }
}
