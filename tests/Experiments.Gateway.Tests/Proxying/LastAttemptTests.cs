using System.Net;
using Experiments.Gateway.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace Experiments.Gateway.Tests.Proxying;

/// <summary>Several decide nodes that load an environment first, which takes longer than a node has while another one can be asked.</summary>
public sealed class LastAttemptTests
{
    // Between the limits, 1 s and 6 s, and far from both. The proxy measures them with the system's clock, so this has to pass, too.
    private static readonly TimeSpan LoadTime = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task Decide_BothNodesAreSlow_TheLastOneIsWaitedFor()
    {
        await using Backend one = await Backend.StartAsync(EchoSlowlyAsync);
        await using Backend two = await Backend.StartAsync(EchoSlowlyAsync);
        await using GatewayHost gateway = await StartAsync(one.Url, two.Url);

        using HttpResponseMessage response = await gateway.Client.GetAsync("/api/decide?user_key=u");

        Assert.Equal((HttpStatusCode.OK, "GET u 0"), (response.StatusCode, await response.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task Decide_BothNodesAreSlowAndTheBodyIsKept_TheLastOneIsWaitedFor()
    {
        await using Backend one = await Backend.StartAsync(EchoSlowlyAsync);
        await using Backend two = await Backend.StartAsync(EchoSlowlyAsync);
        await using GatewayHost gateway = await StartAsync(one.Url, two.Url);

        using HttpRequestMessage request = Post(100, isChunked: false);
        using HttpResponseMessage response = await gateway.Client.SendAsync(request);

        Assert.Equal((HttpStatusCode.OK, "POST u 100"), (response.StatusCode, await response.Content.ReadAsStringAsync()));
    }

    [Theory]
    [InlineData(100, true)]
    [InlineData(100_000, false)]
    public async Task Decide_BothNodesAreSlowAndTheBodyIsNotKept_OneNodeIsWaitedForAndTheOtherNotAsked(int bytes, bool isChunked)
    {
        await using Backend one = await Backend.StartAsync(EchoSlowlyAsync);
        await using Backend two = await Backend.StartAsync(EchoSlowlyAsync);
        await using GatewayHost gateway = await StartAsync(one.Url, two.Url);

        using HttpRequestMessage request = Post(bytes, isChunked);
        using HttpResponseMessage response = await gateway.Client.SendAsync(request);

        Assert.Equal((HttpStatusCode.OK, $"POST u {bytes}"), (response.StatusCode, await response.Content.ReadAsStringAsync()));
        Assert.Single(Decisions(one).Concat(Decisions(two)));
    }

    [Fact]
    public async Task Decide_BodyIsNotKeptAndOneNodeIsDead_IsAnsweredByTheOther()
    {
        using var dead = new DeadService();
        await using Backend alive = await Backend.StartAsync(EchoAsync);
        await using GatewayHost gateway = await StartAsync(dead.Url, alive.Url);

        for (int i = 0; i < 20; i++)
        {
            using HttpRequestMessage request = Post(100_000, isChunked: i % 2 == 0);
            using HttpResponseMessage response = await gateway.Client.SendAsync(request);
            Assert.Equal((HttpStatusCode.OK, "POST u 100000"), (response.StatusCode, await response.Content.ReadAsStringAsync()));
        }
    }

    [Fact]
    public async Task Decide_OneNodeIsKnownToBeSilent_TheOtherIsWaitedFor()
    {
        await using Backend silent = await Backend.StartSilentAsync();
        await using Backend slow = await Backend.StartAsync(EchoSlowlyAsync);
        await using GatewayHost gateway = await StartAsync(silent.Url, slow.Url);

        // After two probes without an answer a node is left alone; the next one is sent when they are over.
        await Eventually.HoldsAsync(() => silent.Received.Count >= 3, "a third probe of the silent node");
        using HttpResponseMessage response = await gateway.Client.GetAsync("/api/decide?user_key=u");

        Assert.Equal((HttpStatusCode.OK, "GET u 0"), (response.StatusCode, await response.Content.ReadAsStringAsync()));
        Assert.Empty(Decisions(silent));
    }

    [Fact]
    public async Task Decide_BothNodesAreSilent_Answers504()
    {
        await using Backend one = await Backend.StartSilentAsync();
        await using Backend two = await Backend.StartSilentAsync();
        await using GatewayHost gateway = await StartAsync(one.Url, two.Url);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));

        using HttpResponseMessage response = await gateway.Client.GetAsync("/api/decide?user_key=u", limit.Token);

        Assert.Contains("did not answer in time", await Problem.ReadAsync(response, HttpStatusCode.GatewayTimeout), StringComparison.Ordinal);
        Assert.Single(Decisions(one));
        Assert.Single(Decisions(two));
    }

    private static Task<GatewayHost> StartAsync(params Uri[] decide) =>
        GatewayHost.StartAsync(new() { DecideUrls = decide, RateLimit = new() { Enabled = false } });

    private static HttpRequestMessage Post(int bytes, bool isChunked)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/decide?user_key=u") { Content = new StringContent(new string('x', bytes)) };
        request.Headers.TransferEncodingChunked = isChunked;
        return request;
    }

    private static IEnumerable<ReceivedRequest> Decisions(Backend node) => node.Received.Where(static request => request.Target.StartsWith("/decide", StringComparison.Ordinal));

    private static async Task EchoSlowlyAsync(HttpContext context)
    {
        // Such a node is ready: it is one environment that it does not have yet.
        if (context.Request.Path != "/health/ready")
        {
            await Task.Delay(LoadTime, context.RequestAborted);
            await EchoAsync(context);
        }
    }

    private static async Task EchoAsync(HttpContext context)
    {
        using var body = new StreamReader(context.Request.Body);
        await context.Response.WriteAsync($"{context.Request.Method} {context.Request.Query["user_key"]} {(await body.ReadToEndAsync()).Length}");
    }
}
