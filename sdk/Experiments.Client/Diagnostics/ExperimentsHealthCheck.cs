using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Experiments.Client.Diagnostics;

/// <summary>Ready is healthy, stale is degraded, no snapshot is what the registration says, by default unhealthy.</summary>
internal sealed class ExperimentsHealthCheck(IFeatureDecider decider) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        DeciderStatus status = decider.Status;
        HealthStatus health = status.Readiness switch
        {
            DeciderReadiness.Ready => HealthStatus.Healthy,
            DeciderReadiness.Stale => HealthStatus.Degraded,
            _ => context.Registration.FailureStatus,
        };
        string age = status.Age is { } known
            ? string.Create(CultureInfo.InvariantCulture, $"confirmed {known.TotalSeconds:f0} s ago")
            : "not confirmed by its source yet";
        string description = status.Readiness == DeciderReadiness.NotReady
            ? $"Environment {decider.Environment} has no snapshot"
            : string.Create(CultureInfo.InvariantCulture, $"Environment {decider.Environment} decides by snapshot version {status.SnapshotVersion}, {age}");
        return Task.FromResult(new HealthCheckResult(
            health,
            status.LastError is null ? description : $"{description}: {status.LastError}",
            data: new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["environment"] = decider.Environment,
                ["readiness"] = status.Readiness.ToString(),
                ["snapshotVersion"] = status.SnapshotVersion,
            }));
    }
}
