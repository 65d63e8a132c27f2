using Experiments.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.FeatureManagement;
using Microsoft.FeatureManagement.AspNetCore;

namespace Experiments.FeatureManagement.Tests;

/// <summary>
/// A real ASP.NET Core app on a free loopback port, written for Microsoft.FeatureManagement, over the SDK and a directory of snapshots.
/// Scopes are validated, as in Development.
/// </summary>
internal sealed class App : IAsyncDisposable
{
    private static readonly TimeSpan s_pollInterval = TimeSpan.FromMilliseconds(50);

    private readonly TempDirectory _directory = new();
    private readonly WebApplication _app;

    private App(Action<IServiceCollection> register, Dictionary<string, string?>? configuration)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(App).Assembly.GetName().Name,
            ContentRootPath = _directory.Path,
            EnvironmentName = "Development",
        });
        builder.Logging.ClearProviders().AddFakeLogging();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(configuration ?? []);
        builder.Services.AddExperiments("prod", options => options.PollInterval = s_pollInterval).FromDirectory(_directory.Path);
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddControllers();
        builder.Services.AddRazorPages();
        register(builder.Services);
        _app = builder.Build();
        _app.MapControllers();
        _app.MapRazorPages();
        _app.MapGet("/minimal", () => "minimal").WithFeatureGate("beta");
        _app.MapGet("/singleton", async (IServiceProvider services) =>
            await services.GetRequiredService<UsesFeatures>().Features.IsEnabledAsync("beta"));
        _app.MapGet("/variant", async (IVariantFeatureManagerSnapshot features) => (await features.GetVariantAsync("split"))?.Name ?? "none");
        _app.MapGet("/all", async (HttpContext context, IFeatureManager a, IFeatureManagerSnapshot b, IVariantFeatureManager c, IVariantFeatureManagerSnapshot d) =>
            new[]
            {
                await a.IsEnabledAsync("beta"), await b.IsEnabledAsync("beta"),
                await c.IsEnabledAsync("beta", context.RequestAborted), await d.IsEnabledAsync("beta", context.RequestAborted),
            });
    }

    /// <summary>Root services.</summary>
    public IServiceProvider Services => _app.Services;

    public IFeatureDecider Decider => Services.GetRequiredService<IFeatureDecider>();

    /// <summary>Without a snapshot.</summary>
    public static async Task<App> StartEmptyAsync(Action<IServiceCollection> register, Dictionary<string, string?>? configuration = null)
    {
        var app = new App(register, configuration);
        try
        {
            await app._app.StartAsync();
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>With version 1 loaded.</summary>
    public static async Task<App> StartAsync(
        Action<IServiceCollection> register, string[] experiments, Dictionary<string, string?>? configuration = null)
    {
        App app = await StartEmptyAsync(register, configuration);
        await app.PublishAsync(1, experiments);
        return app;
    }

    /// <summary>Answers when the version is loaded.</summary>
    public async Task PublishAsync(long version, params string[] experiments)
    {
        Snapshots.Publish(_directory.Path, version, experiments);
        await Eventually.HoldsAsync(() => Decider.SnapshotVersion == version, $"version {version}");
    }

    /// <summary>Status and body. The user and its groups travel in headers.</summary>
    public async Task<(int Status, string Body)> GetAsync(string path, string? user = null, string? groups = null)
    {
        using var client = new HttpClient { BaseAddress = new Uri(_app.Urls.First()) };
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (user is not null)
        {
            request.Headers.Add("user", user);
        }

        if (groups is not null)
        {
            request.Headers.Add("groups", groups);
        }

        using HttpResponseMessage response = await client.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _directory.Dispose();
    }
}
