using Experiments.Client;
using Experiments.Client.Diagnostics;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the health check of the decision SDK.</summary>
public static class ExperimentsHealthChecksBuilderExtensions
{
    /// <summary>Adds a check that is healthy while decisions are made from a snapshot that the source confirms, degraded while it is
    /// stale (decisions go on), and unhealthy while there is none (every decision is the caller's fallback).</summary>
    /// <param name="builder">What <c>AddHealthChecks()</c> answers.</param>
    /// <param name="environment">Which of several environments; by default the one of the unkeyed <see cref="IFeatureDecider"/>.</param>
    /// <param name="name">Of the check.</param>
    /// <param name="failureStatus">Reported while there is no snapshot; by default unhealthy.</param>
    /// <param name="tags">To choose checks by.</param>
    public static IHealthChecksBuilder AddExperimentsHealthCheck(
        this IHealthChecksBuilder builder,
        string? environment = null,
        string name = "experiments",
        HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);
        return builder.Add(new HealthCheckRegistration(
            name,
            provider => new ExperimentsHealthCheck(environment is null
                ? provider.GetRequiredService<IFeatureDecider>()
                : provider.GetRequiredKeyedService<IFeatureDecider>(environment)),
            failureStatus,
            tags));
    }
}
