using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http;

namespace Experiments.Dashboard;

/// <summary>Serves the dashboard.</summary>
internal static class DashboardApplicationExtensions
{
    // MudBlazor writes its theme as a style element and sizes as style attributes; scripts are files of our own only.
    private const string Policy =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        + "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    public static void MapDashboard(this WebApplication app)
    {
        app.MapStaticAssets();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(static options => options.ContentSecurityFrameAncestorsPolicy = null);
    }

    /// <summary>Before routing: who opens an address that leads nowhere in a browser gets a page; programs get problem details, as everywhere.</summary>
    public static void UseDashboardNotFound(this WebApplication app) => app.UseWhen(
        static http => IsForPeople(http.Request),
        static pages => pages.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true));

    /// <summary>After routing: pages of the dashboard load nothing from elsewhere and run no script that is written into them.</summary>
    public static void UseDashboard(this WebApplication app)
    {
        // Pages alone: static files are compressed when they are built, and answers of the API are for machines nearby.
        app.UseWhen(IsPage, static pages => pages.UseResponseCompression());
        app.Use(static (http, next) =>
        {
            if (IsPage(http))
            {
                IHeaderDictionary headers = http.Response.Headers;
                headers.ContentSecurityPolicy = Policy;
                headers.XContentTypeOptions = "nosniff";
                headers["Referrer-Policy"] = "same-origin";
            }

            return next(http);
        });
        app.UseAntiforgery();
    }

    private static bool IsPage(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null;

    private static bool IsForPeople(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
        && !request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
        && !request.Path.StartsWithSegments("/configs", StringComparison.OrdinalIgnoreCase);
}
