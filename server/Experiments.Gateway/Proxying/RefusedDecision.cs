using System.Net;
using Yarp.ReverseProxy.Transforms;

namespace Experiments.Gateway.Proxying;

/// <summary>Keeps a node's 503, such as that of one without a snapshot, from the caller while another node may answer. A feature of the request.</summary>
internal sealed class RefusedDecision
{
    public bool CanBeAskedElsewhere { get; set; }

    public bool IsRefused { get; set; }

    public static ValueTask HoldBackAsync(ResponseTransformContext context)
    {
        if (context.ProxyResponse is { StatusCode: HttpStatusCode.ServiceUnavailable }
            && context.HttpContext.Features.Get<RefusedDecision>() is { CanBeAskedElsewhere: true } refused)
        {
            // Without a body nothing of the answer has been sent, so that it can be taken back.
            refused.IsRefused = true;
            context.SuppressResponseBody = true;
        }

        return ValueTask.CompletedTask;
    }
}
