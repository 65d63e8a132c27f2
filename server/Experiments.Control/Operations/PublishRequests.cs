using Experiments.Control.Definitions;
using Experiments.Control.Storage;

namespace Experiments.Control.Operations;

/// <summary>Asks for what changes have to go live.</summary>
internal static class PublishRequests
{
    /// <summary>Null where the environment is published by hand: the change stays a draft until somebody does.</summary>
    public static async ValueTask<PublishState?> RequestPublishIfAutoAsync(this IStoreWriter writer, Guid environmentId) =>
        await writer.FindEnvironmentAsync(environmentId) is { Publish: PublishMode.Manual } ? null : await writer.RequestPublishAsync(environmentId);
}
