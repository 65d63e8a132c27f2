namespace Experiments.Server.Startup;

/// <summary>What <c>/</c> answers until there is a dashboard: where to go.</summary>
internal static class StartPage
{
    private const string Html = """
        <!doctype html>
        <html lang="en">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <title>Experiments</title>
          <style>
            :root { color-scheme: light dark; }
            body { font: 16px/1.5 system-ui, sans-serif; max-width: 40rem; margin: 15vh auto; padding: 0 1.5rem; }
            a { color: light-dark(#0b57d0, #8ab4f8); }
          </style>
        </head>
        <body>
          <h1>Experiments</h1>
          <p>The server is running.</p>
          <ul>
            <li><a href="/docs">API explorer</a>: every route, with examples to try</li>
            <li><a href="/health">Health</a></li>
            <li><a href="/openapi/v1.json">OpenAPI document</a></li>
          </ul>
        </body>
        </html>
        """;

    public static void MapStartPage(this WebApplication app) =>
        app.MapGet("/", static () => TypedResults.Content(Html, "text/html; charset=utf-8")).ExcludeFromDescription();
}
