using Microsoft.Extensions.Hosting;

namespace Experiments.Client.Hosting;

/// <summary>Polls in the background while the host runs. Starting costs one look at the last-good file and no network.</summary>
/// <param name="resolve">Called at start: the host creates its services before it validates options, and bad options are to be reported
/// by that validation, all together.</param>
internal sealed class SnapshotPollingService(Func<EnvironmentRuntime> resolve) : BackgroundService
{
    private EnvironmentRuntime? _runtime;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        _runtime = resolve();
        _runtime.LoadLocal();
        return base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Run(() => _runtime!.RunAsync(stoppingToken), stoppingToken);
}
