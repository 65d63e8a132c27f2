using Microsoft.Extensions.Hosting;

namespace Experiments.Gateway.Tests.Support;

/// <summary>Stands in for a host that goes on answering for a while once it is told to stop: until a test lets it go on.</summary>
internal sealed class HeldDrain : IHostedLifecycleService
{
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Begun => _begun.Task;

    public void End() => _over.TrySetResult();

    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        _begun.TrySetResult();
        return _over.Task.WaitAsync(cancellationToken);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
