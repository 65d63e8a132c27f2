using System.Collections.Concurrent;
using System.Net;
using Experiments.Gateway.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace Experiments.Gateway.Tests.Proxying;

/// <summary>One address of decide, behind which there may be several nodes.</summary>
public sealed class SecondAttemptTests
{
    [Fact]
    public async Task Decide_NodeHangsUp_IsAskedOnceMoreOverAnotherConnection()
    {
        ConcurrentQueue<string> connections = [];
        await using Backend decide = await Backend.StartAsync(context => FailFirstAsync(context, connections, Abort));
        await using GatewayHost gateway = await StartAsync(decide.Url);

        using HttpResponseMessage response = await gateway.Client.PostAsync("/api/decide", new StringContent("{\"a\":1}"));

        Assert.Equal((HttpStatusCode.OK, "{\"a\":1}"), (response.StatusCode, await response.Content.ReadAsStringAsync()));
        Assert.Equal(2, connections.Distinct().Count());
    }

    [Fact]
    public async Task Decide_NodeIsSilent_IsAskedOnceMoreOverAnotherConnection()
    {
        ConcurrentQueue<string> connections = [];
        await using Backend decide = await Backend.StartAsync(context => FailFirstAsync(context, connections, KeepSilent));
        await using GatewayHost gateway = await StartAsync(decide.Url);

        using HttpResponseMessage response = await gateway.Client.PostAsync("/api/decide", new StringContent("{\"a\":1}"));

        Assert.Equal((HttpStatusCode.OK, "{\"a\":1}"), (response.StatusCode, await response.Content.ReadAsStringAsync()));
        Assert.Equal(2, connections.Distinct().Count());
    }

    [Fact]
    public async Task Decide_NodeHangsUpTwice_Answers502()
    {
        await using Backend decide = await Backend.StartAsync(Abort);
        await using GatewayHost gateway = await StartAsync(decide.Url);

        using HttpResponseMessage response = await gateway.Client.PostAsync("/api/decide", new StringContent("{}"));

        Assert.Equal(
            $"The decide service at {decide.Url.GetLeftPart(UriPartial.Authority)} gave no complete answer.",
            await Problem.ReadAsync(response, HttpStatusCode.BadGateway));
        Assert.Equal(2, decide.Received.Count);
    }

    [Fact]
    public async Task Decide_BodyIsTooLargeToBeKept_IsAskedOnce()
    {
        await using Backend decide = await Backend.StartAsync(Abort);
        await using GatewayHost gateway = await StartAsync(decide.Url);

        using HttpResponseMessage response = await gateway.Client.PostAsync("/api/decide", new StringContent(new string('x', 100_000)));

        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
        Assert.Single(decide.Received);
    }

    [Fact]
    public async Task Decide_NodeAnswers503_IsNotAskedAgain()
    {
        await using Backend decide = await Backend.StartAsync(static context =>
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return context.Response.WriteAsync("No config");
        });
        await using GatewayHost gateway = await StartAsync(decide.Url);

        using HttpResponseMessage response = await gateway.Client.GetAsync("/api/decide");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "No config"), (response.StatusCode, await response.Content.ReadAsStringAsync()));
        Assert.Single(decide.Received);
    }

    private static Task<GatewayHost> StartAsync(Uri decide) => GatewayHost.StartAsync(new() { DecideUrls = [decide] });

    private static Task FailFirstAsync(HttpContext context, ConcurrentQueue<string> connections, RequestDelegate fail)
    {
        connections.Enqueue(context.Connection.Id);
        return connections.Count == 1 ? fail(context) : context.Request.Body.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    private static Task KeepSilent(HttpContext context) => new TaskCompletionSource().Task.WaitAsync(context.RequestAborted);

    private static Task Abort(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }
}
