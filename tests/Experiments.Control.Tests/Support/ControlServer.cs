using System.Net;
using Experiments.Client.Hosting;
using Experiments.Decide.Endpoints;
using Experiments.Decide.Endpoints.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Experiments.Control.Tests.Support;

/// <summary>
/// The control role in a real Kestrel on a free loopback port, put together as <c>Experiments.Server/Program.cs</c> does. Also an xunit
/// fixture, which then has a directory of its own.
/// </summary>
public sealed class ControlServer : IAsyncLifetime, IAsyncDisposable
{
    private readonly TempDirectory? _owned;
    private readonly TempDirectory _directory;
    private readonly StoreSettings _store;
    private readonly SnapshotStoreSettings _snapshots;
    private readonly Action<IServiceCollection> _services;
    private WebApplication? _app;
    private HttpClient? _http;

    public ControlServer()
        : this(new TempDirectory(), null, null, null) => _owned = _directory;

    private ControlServer(TempDirectory directory, SnapshotStoreSettings? snapshots, Action<IServiceCollection>? services, string? postgres)
    {
        _directory = directory;
        _store = new StoreSettings(postgres);
        _snapshots = snapshots ?? SnapshotStoreSettings.InDirectory(SnapshotsOf(directory));
        _services = services ?? (static _ => { });
    }

    public Uri Url => _http!.BaseAddress!;

    /// <summary>What was logged as an error: what the product did not expect.</summary>
    public IReadOnlyCollection<string> Errors => Log.Errors;

    internal ApiClient Api => new(_http!);

    /// <summary>The snapshot store, where it is a directory.</summary>
    internal string SnapshotDirectory => SnapshotsOf(_directory);

    internal IServiceProvider Services => _app!.Services;

    /// <summary>Its text is what the server warned of, for failure messages.</summary>
    internal ServerLog Log { get; } = new();

    /// <summary>Starts a server over a directory that outlives it.</summary>
    /// <param name="directory">Holds the database and, where nothing else is said, the snapshots.</param>
    /// <param name="snapshots">Null is a directory inside <paramref name="directory"/>.</param>
    /// <param name="services">Replaces services; a time provider, for example.</param>
    /// <param name="postgres">Connection string of the database; null is LiteDB.</param>
    internal static async Task<ControlServer> StartAsync(
        TempDirectory directory, SnapshotStoreSettings? snapshots = null, Action<IServiceCollection>? services = null, string? postgres = null)
    {
        var server = new ControlServer(directory, snapshots, services, postgres);
        await server.InitializeAsync();
        return server;
    }

    internal static string SnapshotsOf(TempDirectory directory) => directory.PathOf("snapshots");

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            KestrelLimits.Apply(kestrel);
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        builder.Logging.AddProvider(Log);
        builder.Services.AddRouting();
        builder.Services.AddExperimentsProblems();
        builder.Services.AddControl(new ControlSettings { DataDirectory = _directory.Path, Store = _store, Snapshots = _snapshots });
        _services(builder.Services);
        _app = builder.Build();
        _app.UseExperimentsProblems();
        _app.UseSnapshotFiles();
        _app.UseRouting();
        foreach (RouteGroupBuilder routes in new[] { _app.MapGroup("/api"), _app.MapGroup("") })
        {
            routes.MapControl();
            routes.MapControlHealth();
        }

        await _app.StartAsync();
        _http = new HttpClient { BaseAddress = new Uri(_app.Urls.Single()), Timeout = TimeSpan.FromSeconds(60) };
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _http?.Dispose();
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }

        _owned?.Dispose();
    }

    /// <inheritdoc/>
    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();
}
