namespace Experiments.Control.Publishing;

/// <summary>Wants to know at once that an environment has been published, instead of at its next poll.</summary>
internal interface IPublishObserver
{
    /// <summary>Called after the pointer has been written, by this server or another one that uses the store. The publisher waits for it, so it must
    /// be quick.</summary>
    Task OnPublishedAsync(string environment, CancellationToken cancellationToken);
}
