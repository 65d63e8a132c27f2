using System.Globalization;
using System.Net;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;

namespace Experiments.Gateway.RateLimiting;

/// <summary>Limits <c>/api/decide</c> per client IP, wherever decide runs.</summary>
internal sealed class DecideRateLimit(GatewayOptions options, TimeProvider clock, GatewayMetrics metrics) : IDisposable
{
    private readonly RateLimitOptions _limit = options.RateLimit;
    private readonly PartitionedRateLimiter<IPAddress> _windows = Windows(options.RateLimit, clock);

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        // No address: a Unix socket. All its callers share one window.
        IPAddress client = context.Connection.RemoteIpAddress ?? IPAddress.None;
        if (!IsDecide(context.Request.Path) || IsAllowed(client))
        {
            return next(context);
        }

        var lease = (ClientWindowLease)_windows.AttemptAcquire(client);
        // At the last moment, because what answers an error clears the headers first.
        context.Response.OnStarting(() =>
        {
            WriteHeaders(context.Response.Headers, lease);
            return Task.CompletedTask;
        });
        return lease.IsAcquired ? next(context) : RefuseAsync(context, client);
    }

    public void Dispose() => _windows.Dispose();

    // Routing ignores case and one slash at the end; what it takes for /api/decide is limited.
    private static bool IsDecide(PathString path) =>
        path.Equals("/api/decide", StringComparison.OrdinalIgnoreCase) || path.Equals("/api/decide/", StringComparison.OrdinalIgnoreCase);

    private static PartitionedRateLimiter<IPAddress> Windows(RateLimitOptions limit, TimeProvider clock)
    {
        Func<IPAddress, ClientWindow> window = _ => new ClientWindow(limit.PermitLimit, limit.Window, clock);
        return PartitionedRateLimiter.Create<IPAddress, IPAddress>(client => RateLimitPartition.Get(client, window));
    }

    private bool IsAllowed(IPAddress client)
    {
        foreach (IPNetwork network in _limit.AllowList)
        {
            if (network.Contains(client))
            {
                return true;
            }
        }

        return false;
    }

    private void WriteHeaders(IHeaderDictionary headers, ClientWindowLease lease)
    {
        string reset = lease.ResetAfterSeconds.ToString(CultureInfo.InvariantCulture);
        headers["x-ratelimit-limit"] = _limit.PermitLimit.ToString(CultureInfo.InvariantCulture);
        headers["x-ratelimit-remaining"] = lease.Remaining.ToString(CultureInfo.InvariantCulture);
        headers["x-ratelimit-reset"] = reset;
        if (!lease.IsAcquired)
        {
            headers.RetryAfter = reset;
        }
    }

    private Task RefuseAsync(HttpContext context, IPAddress client)
    {
        metrics.CountRefused();
        return TypedResults.Problem(
            detail: $"{client} has made all {_limit.PermitLimit} requests it may make in {_limit.Window.TotalSeconds} s.",
            statusCode: StatusCodes.Status429TooManyRequests).ExecuteAsync(context);
    }
}
