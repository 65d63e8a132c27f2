using Experiments.Control.Storage.LiteDb;
using Experiments.Server.Settings;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Experiments.Server.Startup;

/// <summary>Tells whoever started the server where it listens, where data is, and what to try next.</summary>
internal static class StartupMessage
{
    public static void PrintWhenStarted(WebApplication app, ServerSettings settings) => app.Lifetime.ApplicationStarted.Register(() =>
    {
        ICollection<string> addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        Console.WriteLine(Text(addresses, settings, ListenAddresses.RemoteOnes(app.Configuration)));
    });

    internal static string Text(ICollection<string> addresses, ServerSettings settings, IReadOnlyList<string> remoteAddresses)
    {
        string address = addresses.FirstOrDefault() ?? "http://localhost";
        List<string> lines =
        [
            $"Experiments is running: {settings.Roles.ToString().ToLowerInvariant()}",
            $"  listens on  {string.Join(", ", addresses)}",
        ];
        if (settings.Has(ServerRoles.Control))
        {
            lines.Add($"  data        {settings.Control.StoreDescription}");
        }

        if (settings.Has(ServerRoles.Control) || settings.Has(ServerRoles.Decide))
        {
            lines.Add($"  snapshots   {settings.Control.Snapshots.Description}");
        }

        if (settings.Has(ServerRoles.Gateway))
        {
            lines.Add($"  control at  {(settings.Gateway.ControlUrls.Count == 0 ? "this process" : string.Join(", ", settings.Gateway.ControlUrls))}");
            lines.Add($"  decide at   {(settings.Has(ServerRoles.Decide) ? "this process" : string.Join(", ", settings.Gateway.DecideUrls))}");
        }

        lines.Add($"  try next    {NextThing(address, settings)}");
        if (settings.IsOpenToChanges && remoteAddresses.Count > 0)
        {
            lines.Add($"  WARNING     {string.Join(", ", remoteAddresses)} can be reached by other machines, and there is no sign-in yet:");
            lines.Add("              whoever reaches it can change what is live. Put a proxy with a sign-in in front of it.");
        }

        return string.Join(Environment.NewLine, lines);
    }

    private static string NextThing(string address, ServerSettings settings) =>
        settings.Has(ServerRoles.Control) ? $"curl {address}/api/environments --json '{{\"name\":\"prod\"}}'    (API explorer: {address}/docs)"
        : settings.Has(ServerRoles.Decide) ? $"curl '{address}/api/decide?user_key=user-123&env=prod'"
        : $"curl {address}/health";
}
