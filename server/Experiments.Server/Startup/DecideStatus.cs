using Experiments.Client;
using Experiments.Dashboard.Health;
using Experiments.Decide.Endpoints.Environments;

namespace Experiments.Server.Startup;

/// <summary>With dashboard and decide in one process, the dashboard says what is decided by.</summary>
internal sealed class DecideStatus(DecideEnvironments environments) : IDecideStatus
{
    public IReadOnlyDictionary<string, DeciderStatus> Read() => environments.Kept.ToDictionary(
        static environment => environment.Name, static environment => environment.Status, StringComparer.Ordinal);
}
