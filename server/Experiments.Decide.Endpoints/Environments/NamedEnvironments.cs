using Microsoft.Extensions.Hosting;

namespace Experiments.Decide.Endpoints.Environments;

/// <summary>Loads the environments that the settings name as soon as the host starts, so that their first request waits for nothing.</summary>
internal sealed class NamedEnvironments(DecideEnvironments environments) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => environments.StartNamedAsync(stoppingToken);
}
