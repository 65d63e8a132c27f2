using System.Text;
using Experiments.Gateway.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Experiments.Gateway.Tests.Proxying;

/// <summary>Decide nodes that take HTTP/2 without TLS, and nothing else.</summary>
public sealed class DecideHttp2Tests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Decide_NodesOfHttp2_AreAskedAndProbedByIt(int count)
    {
        List<Backend> nodes = [];
        for (int i = 0; i < count; i++)
        {
            nodes.Add(await Backend.StartAsync(EchoAsync, protocols: HttpProtocols.Http2));
        }

        await using GatewayHost gateway = await StartAsync([.. nodes.Select(static node => node.Url)]);
        for (int i = 0; i < 20; i++)
        {
            Assert.Equal("HTTP/2 GET u", await gateway.Client.GetStringAsync("/api/decide?user_key=u"));
            using HttpResponseMessage posted = await gateway.Client.PostAsync("/api/decide?user_key=u", new StringContent("body", Encoding.UTF8, "application/json"));
            Assert.Equal("HTTP/2 POST ubody", await posted.Content.ReadAsStringAsync());
        }

        Assert.Contains("\"decision_service\":\"ok\"", await gateway.Client.GetStringAsync("/health"), StringComparison.Ordinal);
        foreach (Backend node in nodes)
        {
            await node.DisposeAsync();
        }
    }

    [Fact]
    public async Task Decide_ANodeOfHttp2IsGone_IsAskedOfTheOther()
    {
        await using Backend alive = await Backend.StartAsync(EchoAsync, protocols: HttpProtocols.Http2);
        using var dead = new DeadService();
        await using GatewayHost gateway = await StartAsync(dead.Url, alive.Url);

        for (int i = 0; i < 20; i++)
        {
            Assert.Equal("HTTP/2 GET u", await gateway.Client.GetStringAsync("/api/decide?user_key=u"));
        }
    }

    private static Task<GatewayHost> StartAsync(params Uri[] decide) =>
        GatewayHost.StartAsync(new() { DecideUrls = decide, DecideHttp2 = true, RateLimit = new() { Enabled = false } });

    private static async Task EchoAsync(HttpContext context)
    {
        using var body = new StreamReader(context.Request.Body);
        await context.Response.WriteAsync($"{context.Request.Protocol} {context.Request.Method} {context.Request.Query["user_key"]}{await body.ReadToEndAsync()}");
    }
}
