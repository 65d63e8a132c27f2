using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Experiments.Decide.Endpoints.Lifetime;

/// <summary>Adds what <see cref="ReadinessEndpoints"/> answer from.</summary>
internal static class LifetimeExtensions
{
    /// <param name="services">Of the host.</param>
    /// <param name="drainPeriod">See <see cref="Drain"/>.</param>
    public static IServiceCollection AddExperimentsLifetime(this IServiceCollection services, TimeSpan drainPeriod)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new Drain(drainPeriod, provider.GetRequiredService<TimeProvider>()));
        services.AddHostedService(static provider => provider.GetRequiredService<Drain>());
        return services;
    }
}
