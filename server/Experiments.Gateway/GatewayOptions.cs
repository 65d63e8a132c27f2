using System.Net;

namespace Experiments.Gateway;

/// <summary>
/// Where the gateway finds control and decide, whom it believes and how often a client may ask. Read once, by
/// <see cref="GatewayExtensions.AddExperimentsGateway"/>; later changes have no effect.
/// </summary>
public sealed class GatewayOptions
{
    /// <summary>The first of <see cref="ControlUrls"/>; to set it is to set a list of one.</summary>
    /// <value>Default <see langword="null"/>: control is in this process, whose host maps its routes.</value>
    /// <exception cref="ArgumentException">The address is relative or of another scheme.</exception>
    public Uri? ControlUrl
    {
        get => ControlUrls is [var first, ..] ? first : null;
        init => ControlUrls = value is null ? [] : [value];
    }

    /// <summary>
    /// Absolute http or https addresses of control servers, with or without a path of their own; <c>/api/x</c> goes to <c>{url}/x</c> of
    /// one of them. Of several, one that cannot be reached or is not ready gets no requests until it is. A GET or HEAD that it did not
    /// answer goes to another one, everything else only where there was no connection to send it over. A browser stays with the server
    /// that made its pages, by a cookie.
    /// </summary>
    /// <value>Default empty: control is in this process, whose host maps its routes.</value>
    /// <exception cref="ArgumentException">An address is relative, of another scheme, or there twice.</exception>
    public IReadOnlyList<Uri> ControlUrls { get; init => field = Checked(value); } = [];

    /// <summary>
    /// Absolute http or https addresses of decide nodes; <c>/api/decide</c> goes to <c>{url}/decide</c> of one of them. Of several, one that
    /// cannot be reached or is not ready gets no requests until it is, and a request that it did not answer, or answered with 503, goes to
    /// another one. Where there is only one address, a request that was not answered is sent to it once more.
    /// </summary>
    /// <value>Default empty: decide is in this process, whose host maps <c>/api/decide</c>.</value>
    /// <exception cref="ArgumentException">An address is relative, of another scheme, or there twice.</exception>
    public IReadOnlyList<Uri> DecideUrls { get; init => field = Checked(value); } = [];

    /// <summary>
    /// Whether the http addresses of <see cref="DecideUrls"/> take HTTP/2 without TLS (prior knowledge), and nothing else: an endpoint of
    /// Kestrel with <c>Protocols=Http2</c>. Many requests share a connection then, which takes less of both processors.
    /// </summary>
    /// <value>Default <see langword="false"/>: HTTP/1.1.</value>
    public bool DecideHttp2 { get; init; }

    /// <summary>
    /// Whether every path that no other endpoint of this process takes goes to <see cref="ControlUrls"/> unchanged, WebSockets too;
    /// metrics and probes do not. For a process with neither control nor dashboard. Needs <see cref="ControlUrls"/>.
    /// </summary>
    public bool ForwardOtherPaths { get; init; }

    /// <summary>
    /// Health of control in this process; asked only while <see cref="ControlUrls"/> is empty. <see langword="false"/>
    /// and an exception mean unhealthy, no answer within 2 s means unreachable. Gets the services of the health request.
    /// </summary>
    /// <value>Default <see langword="null"/>: in this process means ok.</value>
    public Func<IServiceProvider, CancellationToken, ValueTask<bool>>? ControlHealth { get; init; }

    /// <summary>Health of decide in this process; the rules of <see cref="ControlHealth"/>.</summary>
    public Func<IServiceProvider, CancellationToken, ValueTask<bool>>? DecideHealth { get; init; }

    /// <summary>
    /// What is wrong in decide of this process although it answers, by environment: a snapshot that was refused, say. Shown in
    /// <c>/health</c> and changes no status; asked only while <see cref="DecideUrls"/> is empty.
    /// </summary>
    /// <value>Default <see langword="null"/>: nothing is shown.</value>
    public Func<IServiceProvider, IReadOnlyDictionary<string, string>>? DecideProblems { get; init; }

    /// <summary>
    /// Proxies whose <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> count. A single address is a network of 32 or 128 bits.
    /// Loopback is not trusted unless it is listed.
    /// </summary>
    /// <value>Default empty: both headers are ignored.</value>
    public IReadOnlyList<IPNetwork> TrustedProxies { get; init; } = [];

    /// <summary>
    /// How long control or decide may go without sending or taking a byte before the caller gets a 504. A decide node has 1 s at the most
    /// while another one that is well can be asked, or the only address a second time; after that, and for a body that is larger than
    /// 64 KiB or of unknown length, which is sent only once, 6 s. What <see cref="ForwardOtherPaths"/> forwards may take longer: pages hold
    /// requests open on purpose.
    /// </summary>
    /// <value>Default 30 s.</value>
    public TimeSpan BackendTimeout { get; init => field = Positive(value); } = TimeSpan.FromSeconds(30);

    /// <summary>The limit on <c>/api/decide</c>.</summary>
    public RateLimitOptions RateLimit { get; init; } = new();

    internal static TimeSpan Positive(TimeSpan value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
        return value;
    }

    internal bool DecidesHere => DecideUrls.Count == 0;

    private static Uri[] Checked(IReadOnlyList<Uri> urls) => urls.Distinct().Count() == urls.Count
        ? [.. urls.Select(HttpOnly)]
        : throw new ArgumentException("The same address is there twice.", nameof(urls));

    private static Uri HttpOnly(Uri url) => url is { IsAbsoluteUri: true, Scheme: "http" or "https" }
        ? url
        : throw new ArgumentException($"\"{url}\" is not an absolute http or https address.", nameof(url));
}
