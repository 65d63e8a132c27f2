using System.Net;

namespace Experiments.Gateway;

/// <summary>How many requests to <c>/api/decide</c> one client IP may make in a fixed window that starts with its first request.</summary>
public sealed class RateLimitOptions
{
    /// <summary>Whether there is a limit at all. Without one no <c>x-ratelimit-*</c> headers are sent.</summary>
    /// <value>Default <see langword="true"/>.</value>
    public bool Enabled { get; init; } = true;

    /// <summary>Requests per client and window, at least 1; the next one gets a 429.</summary>
    /// <value>Default 300.</value>
    public int PermitLimit
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            field = value;
        }
    } = 300;

    /// <summary>Length of the window, more than zero.</summary>
    /// <value>Default 60 s.</value>
    public TimeSpan Window { get; init => field = GatewayOptions.Positive(value); } = TimeSpan.FromSeconds(60);

    /// <summary>Clients that are not limited and whose answers carry no <c>x-ratelimit-*</c> headers.</summary>
    /// <value>Default empty: loopback is limited too.</value>
    public IReadOnlyList<IPNetwork> AllowList { get; init; } = [];
}
