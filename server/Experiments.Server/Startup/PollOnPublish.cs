using Experiments.Control.Publishing;
using Experiments.Decide.Endpoints.Environments;

namespace Experiments.Server.Startup;

/// <summary>With control and decide in one process, what is published is decided on at once and not at the next poll.</summary>
internal sealed class PollOnPublish(DecideEnvironments environments) : IPublishObserver
{
    public Task OnPublishedAsync(string environment, CancellationToken cancellationToken) =>
        environments.PollNowAsync(environment, cancellationToken);
}
