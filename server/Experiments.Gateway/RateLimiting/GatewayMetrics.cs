using System.Diagnostics.Metrics;

namespace Experiments.Gateway.RateLimiting;

/// <summary>What the gateway counts. Free where nobody listens.</summary>
internal sealed class GatewayMetrics
{
    public const string MeterName = "Experiments.Gateway";

    public const string RefusedName = "experiments.gateway.rate_limited";

    private readonly Counter<long> _refused;

    public GatewayMetrics(IMeterFactory? meters = null) => _refused = (meters?.Create(MeterName) ?? new Meter(MeterName))
        .CreateCounter<long>(RefusedName, unit: "{request}", description: "Requests that a client made beyond its limit");

    public void CountRefused() => _refused.Add(1);
}
