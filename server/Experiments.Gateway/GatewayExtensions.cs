using System.Diagnostics.Metrics;
using Experiments.Gateway.Health;
using Experiments.Gateway.Proxying;
using Experiments.Gateway.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using IPNetwork = System.Net.IPNetwork;

namespace Experiments.Gateway;

/// <summary>Puts the gateway into a host: services, then middleware, then endpoints.</summary>
public static class GatewayExtensions
{
    /// <summary>
    /// Adds what the two other methods need. Uses the host's <see cref="TimeProvider"/> where one is registered. The host adds problem
    /// details and sets Kestrel's limits (the contract wants request lines of 64 KiB).
    /// </summary>
    /// <exception cref="ArgumentException">Other paths are to be forwarded and there is no control address.</exception>
    public static IServiceCollection AddExperimentsGateway(this IServiceCollection services, GatewayOptions options)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(options);
        if (options is { ForwardOtherPaths: true, ControlUrl: null })
        {
            throw new ArgumentException("ForwardOtherPaths needs an address in ControlUrls to forward to.", nameof(options));
        }

        services.AddSingleton(options);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(static provider => new GatewayMetrics(provider.GetService<IMeterFactory>()));
        services.AddSingleton<DecideRateLimit>();
        services.AddSingleton<ServiceProbe>();
        services.AddSingleton<HealthEndpoint>();
        services.AddSingleton<ProxyErrors>();
        services.AddSingleton<ProxiedStreams>();

        // Hosted services are told to stop in the reverse order: as the first one it hears of it when the host's drain is over.
        services.Insert(0, ServiceDescriptor.Singleton<IHostedService>(static provider => provider.GetRequiredService<ProxiedStreams>()));
        services.AddReverseProxy()
            .LoadFromMemory(ProxyRoutes.Routes(options), ProxyClusters.Of(options))
            .ConfigureHttpClient((context, handler) => ProxyClusters.Configure(handler, context.ClusterId, options))
            .AddTransforms(ProxyRoutes.AddTransforms);
        // YARP logs every request at Information and every failure with its stack trace; ProxyErrors logs a failure in one line.
        services.AddLogging(logging => logging.AddFilter("Yarp", LogLevel.Error));
        return services;
    }

    /// <summary>
    /// Adds forwarded headers and the rate limit. Call it after the exception handler and the status code pages, and before everything
    /// that answers requests or reads the client's address.
    /// </summary>
    public static IApplicationBuilder UseExperimentsGateway(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var options = app.ApplicationServices.GetRequiredService<GatewayOptions>();
        // The middleware with no known proxy at all believes everyone.
        if (options.TrustedProxies.Count > 0)
        {
            app.UseForwardedHeaders(ForwardedBy(options.TrustedProxies));
        }

        // On a dual-stack socket IPv4 clients look like IPv6 ones; the limit and the backends should see one address per client.
        app.Use((context, next) =>
        {
            if (context.Connection.RemoteIpAddress is { IsIPv4MappedToIPv6: true } mapped)
            {
                context.Connection.RemoteIpAddress = mapped.MapToIPv4();
            }

            return next(context);
        });

        return options.RateLimit.Enabled
            ? app.Use(app.ApplicationServices.GetRequiredService<DecideRateLimit>().InvokeAsync)
            : app;
    }

    /// <summary>
    /// Maps <c>/health</c>, <c>/api/health</c> and the routes to services that are elsewhere. The routes of this process win over them,
    /// whichever is mapped first.
    /// </summary>
    public static IEndpointRouteBuilder MapExperimentsGateway(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        endpoints.ServiceProvider.GetRequiredService<HealthEndpoint>().Map(endpoints);
        var options = endpoints.ServiceProvider.GetRequiredService<GatewayOptions>();
        if (options is { DecidesHere: true, ControlUrl: not null })
        {
            ProxyRoutes.MapRefusedDecideMethods(endpoints);
        }

        var errors = endpoints.ServiceProvider.GetRequiredService<ProxyErrors>();
        endpoints.MapReverseProxy(proxy =>
        {
            proxy.Use(InternalPaths.InvokeAsync);
            proxy.Use(errors.InvokeAsync);

            // What comes after these two runs anew for each attempt: which server it is, and what that says about the server.
            if (options.DecideUrls.Count == 1)
            {
                proxy.Use(SecondAttempt.InvokeAsync);
            }

            if (options.DecideUrls.Count > 1 || options.ControlUrls.Count > 1)
            {
                proxy.Use(Failover.InvokeAsync);
                proxy.UseSessionAffinity();
                proxy.UseLoadBalancing();
                proxy.UsePassiveHealthChecks();
            }
        });
        return endpoints;
    }

    private static ForwardedHeadersOptions ForwardedBy(IReadOnlyList<IPNetwork> trustedProxies)
    {
        var forwarded = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            // Read from the right until an address that is not trusted: however long the chain, what a client made up is never reached.
            ForwardLimit = null,
        };
        // Both start with loopback in them.
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (IPNetwork proxy in trustedProxies)
        {
            forwarded.KnownIPNetworks.Add(proxy);
        }

        return forwarded;
    }
}
