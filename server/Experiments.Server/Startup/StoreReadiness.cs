using Experiments.Control.Api;
using Experiments.Decide.Endpoints.Lifetime;

namespace Experiments.Server.Startup;

/// <summary>Control can do nothing without its definitions.</summary>
internal sealed class StoreReadiness(ControlHealth health) : IReadinessCheck
{
    public string Name => "store";

    public async Task<string?> FindReasonAsync(CancellationToken cancellationToken)
    {
        await health.CheckAsync(cancellationToken);
        return null;
    }
}
