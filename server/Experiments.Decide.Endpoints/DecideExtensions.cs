using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using Experiments.Client.Diagnostics;
using Experiments.Client.Sources;
using Experiments.Decide.Endpoints.Diagnostics;
using Experiments.Decide.Endpoints.Environments;
using Experiments.Decide.Endpoints.Health;
using Experiments.Decide.Endpoints.Lifetime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Experiments.Decide.Endpoints;

/// <summary>Puts the decide role into a host.</summary>
internal static class DecideExtensions
{
    /// <summary>Adds what the two other methods need; errors need <c>AddExperimentsProblems</c> as well. Uses the host's
    /// <see cref="TimeProvider"/> where one is registered.</summary>
    public static IServiceCollection AddExperimentsDecide(this IServiceCollection services, DecideSettings settings)
    {
        // On a thread of its own while the host is still being built: the S3 client takes long to make. Its first request does not come
        // before it is needed, for that would hold up the start (benchmarks/start.sh).
        Task<ISnapshotSource> source = Task.Run(() => Open(settings));
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(settings);
        services.TryAddSingleton(static provider => new ClientMetrics(provider.GetService<IMeterFactory>()));
        services.AddSingleton(provider => new DecideEnvironments(
            settings,
            source.GetAwaiter().GetResult(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<DecideEnvironments>>(),
            provider.GetRequiredService<ClientMetrics>()));
        services.AddSingleton(static provider => new DecideMetrics(provider.GetService<IMeterFactory>()));
        services.AddSingleton<DecideEndpoint>();
        services.AddSingleton<DecideHealth>();
        services.AddSingleton<IReadinessCheck, DecideReadiness>();
        if (settings.Environments.Count > 0)
        {
            services.AddHostedService<NamedEnvironments>();
        }

        return services;
    }

    /// <summary>Maps GET and POST <c>/decide</c>. Opens the snapshot store, so what is wrong with its settings stops the start.</summary>
    public static IEndpointConventionBuilder MapDecide(this IEndpointRouteBuilder endpoints) => endpoints
        .MapMethods("/decide", [HttpMethods.Get, HttpMethods.Post], endpoints.ServiceProvider.GetRequiredService<DecideEndpoint>().InvokeAsync)
        .WithDisplayName("Decide");

    /// <summary>Maps <c>/health</c>.</summary>
    public static IEndpointConventionBuilder MapDecideHealth(this IEndpointRouteBuilder endpoints) => endpoints
        .MapMethods("/health", [HttpMethods.Get, HttpMethods.Head], endpoints.ServiceProvider.GetRequiredService<DecideHealth>().InvokeAsync)
        .WithDisplayName("Health of decide");

    private static ISnapshotSource Open(DecideSettings settings)
    {
        // Every load hashes, and the first hash opens the cryptographic library.
        _ = SHA256.HashData([]);
        return settings.Snapshots.CreateSource();
    }
}
