namespace Experiments.Decide.Endpoints.Lifetime;

/// <summary>The argument <c>healthcheck</c>: asks the process that runs beside this one, for containers that have nothing else to ask with.</summary>
internal static class HealthCheckCommand
{
    private const string Name = "healthcheck";

    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(4);

    public static bool IsMeant(string[] args) => args is [Name, ..];

    /// <param name="defaultUrl">Where the process listens unless the environment says otherwise.</param>
    /// <returns>0 where it is ready, else 1.</returns>
    public static async Task<int> RunAsync(string defaultUrl)
    {
        try
        {
            using var http = new HttpClient { Timeout = s_limit };
            using HttpResponseMessage response = await http.GetAsync(new Uri(new Uri(UrlOf(defaultUrl)), "/health/ready"));
            await Console.Out.WriteLineAsync(await response.Content.ReadAsStringAsync());
            return response.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or UriFormatException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 1;
        }
    }

    private static string UrlOf(string defaultUrl)
    {
        if (First("URLS") is { } url)
        {
            // Any address of this machine: this one is among them.
            return url.Replace("://*", "://127.0.0.1", StringComparison.Ordinal).Replace("://+", "://127.0.0.1", StringComparison.Ordinal)
                .Replace("://0.0.0.0", "://127.0.0.1", StringComparison.Ordinal).Replace("://[::]", "://127.0.0.1", StringComparison.Ordinal);
        }

        return First("HTTP_PORTS") is { } port ? $"http://127.0.0.1:{port}" : defaultUrl;
    }

    private static string? First(string name) =>
        (Environment.GetEnvironmentVariable("ASPNETCORE_" + name) ?? Environment.GetEnvironmentVariable("DOTNET_" + name))?.Split(';', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
}
