using Microsoft.AspNetCore.Http;

namespace Experiments.Dashboard.Session;

/// <summary>What a browser remembers in cookies, which scripts/preferences.js writes.</summary>
public sealed record Preferences
{
    private const string DarkCookie = "dashboard-dark";
    private const string EnvironmentCookie = "dashboard-environment";
    private const string ActorCookie = "dashboard-actor";

    /// <summary>Whether colours are dark.</summary>
    public bool IsDark { get; init; }

    /// <summary>Name of the environment that was looked at last; null for none.</summary>
    public string? Environment { get; init; }

    /// <summary>Who the user says to be, for the audit log; null where nobody said.</summary>
    public string? Actor { get; init; }

    /// <summary>Reads them from the request that a page is prerendered for.</summary>
    public static Preferences Read(IRequestCookieCollection cookies)
    {
        ArgumentNullException.ThrowIfNull(cookies);
        return new Preferences
        {
            IsDark = cookies[DarkCookie] == "1",
            Environment = ValueOf(cookies[EnvironmentCookie]),
            Actor = ValueOf(cookies[ActorCookie]),
        };
    }

    private static string? ValueOf(string? cookie) => string.IsNullOrEmpty(cookie) ? null : Uri.UnescapeDataString(cookie);
}
