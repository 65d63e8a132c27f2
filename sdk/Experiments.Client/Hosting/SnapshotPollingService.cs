using Microsoft.Extensions.Hosting;

namespace Experiments.Client.Hosting;

/// <summary>Polls in the background while the host runs. Starting costs one look at the last-good file and no network.</summary>
internal sealed class SnapshotPollingService(EnvironmentRuntime runtime) : BackgroundService
{
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        runtime.Poller.LoadLastGood();
        return base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Run(() => runtime.RunAsync(stoppingToken), stoppingToken);
}
