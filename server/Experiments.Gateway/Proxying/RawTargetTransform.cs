using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Transforms;

namespace Experiments.Gateway.Proxying;

/// <summary>
/// Sends the path and query as they came: YARP would decode and encode them again, which turns the <c>%2F</c> of an environment's
/// name into another name.
/// </summary>
internal sealed class RawTargetTransform(bool stripFirstSegment) : RequestTransform
{
    private static readonly UriCreationOptions AsIs = new() { DangerousDisablePathAndQueryCanonicalization = true };

    public override ValueTask ApplyAsync(RequestTransformContext context)
    {
        string target = context.DestinationPrefix.TrimEnd('/') + Target(context.HttpContext);
        context.ProxyRequest.RequestUri = new Uri(target, AsIs);
        return ValueTask.CompletedTask;
    }

    private string Target(HttpContext context)
    {
        string raw = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (!raw.StartsWith('/'))
        {
            // "GET http://host/path" and "OPTIONS *".
            raw = context.Request.Path.ToUriComponent() + context.Request.QueryString.ToUriComponent();
        }

        int queryStart = raw.IndexOf('?', StringComparison.Ordinal);
        string path = queryStart < 0 ? raw : raw[..queryStart];
        string query = queryStart < 0 ? "" : raw[queryStart..];
        path = WithoutDotSegments(path);
        return (stripFirstSegment ? WithoutFirstSegment(path) : path) + query;
    }

    private static string WithoutFirstSegment(string path)
    {
        int end = path.IndexOf('/', 1);
        return end < 0 ? "/" : path[end..];
    }

    // The server removed them before it chose the route (RFC 3986, 5.2.4): the backend must not be sent to a path that was not chosen.
    private static string WithoutDotSegments(string path)
    {
        if (!path.Contains("/.", StringComparison.Ordinal) && !path.Contains("/%2e", StringComparison.OrdinalIgnoreCase))
        {
            return path;
        }

        string[] segments = path.Split('/');
        List<string> kept = [];
        for (int i = 1; i < segments.Length; i++)
        {
            string segment = segments[i].Replace("%2e", ".", StringComparison.OrdinalIgnoreCase);
            if (segment is not ("." or ".."))
            {
                kept.Add(segments[i]);
                continue;
            }

            if (segment == ".." && kept.Count > 0)
            {
                kept.RemoveAt(kept.Count - 1);
            }

            if (i == segments.Length - 1)
            {
                kept.Add("");
            }
        }

        return "/" + string.Join('/', kept);
    }
}
