using Microsoft.Extensions.ObjectPool;

namespace Experiments.Decide.Endpoints.Requests;

internal sealed class DecideRequestPolicy : IPooledObjectPolicy<DecideRequest>
{
    public DecideRequest Create() => new();

    public bool Return(DecideRequest obj) => obj.TryReset();
}
