using System.Net;
using System.Text;
using Experiments.Gateway.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace Experiments.Gateway.Tests.Proxying;

/// <summary>Several decide nodes of which some cannot be asked: no caller hears of it.</summary>
public sealed class DecideFailoverTests
{
    [Fact]
    public async Task Decide_TwoNodes_BothAreAsked()
    {
        await using Backend one = await Backend.StartAsync(EchoAsync);
        await using Backend two = await Backend.StartAsync(EchoAsync);
        await using GatewayHost gateway = await StartAsync(one.Url, two.Url);

        for (int i = 0; i < 60; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await gateway.Client.GetAsync($"/api/decide?user_key={i}")).StatusCode);
        }

        Assert.NotEmpty(Decisions(one));
        Assert.NotEmpty(Decisions(two));
        Assert.Equal(60, Decisions(one).Count() + Decisions(two).Count());
    }

    [Fact]
    public async Task Decide_OneNodeIsDead_EveryRequestIsAnsweredByTheOther()
    {
        using var dead = new DeadService();
        await using Backend alive = await Backend.StartAsync(EchoAsync);
        await using GatewayHost gateway = await StartAsync(dead.Url, alive.Url);

        for (int i = 0; i < 40; i++)
        {
            Assert.Equal($"GET {i}", await gateway.Client.GetStringAsync($"/api/decide?user_key={i}"));
            string body = new('x', i * 1000);
            using HttpResponseMessage posted = await gateway.Client.PostAsync("/api/decide?user_key=body", new StringContent(body, Encoding.UTF8, "application/json"));
            Assert.Equal($"POST body{body}", await posted.Content.ReadAsStringAsync());
        }

        Assert.Equal("ok", (await gateway.Client.GetStringAsync("/health")).Contains("\"decision_service\":\"ok\"", StringComparison.Ordinal) ? "ok" : "not");
    }

    [Fact]
    public async Task Decide_OneNodeIsSilent_ItsRequestsGoToTheOther()
    {
        await using Backend silent = await Backend.StartSilentAsync();
        await using Backend alive = await Backend.StartAsync(EchoAsync);
        await using GatewayHost gateway = await StartAsync(silent.Url, alive.Url);

        // What is called for the first time is compiled then, which a busy machine may take longer for than a node has.
        await using (GatewayHost warm = await StartAsync(alive.Url, new Uri(alive.Url, "/too/")))
        {
            await Eventually.ReadAsync(async cancellation => (await warm.Client.GetAsync("/api/decide?user_key=warm", cancellation)).IsSuccessStatusCode, static isAnswered => isAnswered, "an answer");
        }

        string[] answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => gateway.Client.GetStringAsync($"/api/decide?user_key={i}")));

        Assert.Equal(Enumerable.Range(0, 16).Select(static i => $"GET {i}"), answers);
    }

    [Fact]
    public async Task Decide_AllNodesAreDead_Answers502()
    {
        using var one = new DeadService();
        using var two = new DeadService();
        await using GatewayHost gateway = await StartAsync(one.Url, two.Url);

        using HttpResponseMessage response = await gateway.Client.GetAsync("/api/decide?user_key=u");

        Assert.Contains("is unreachable", await Problem.ReadAsync(response, HttpStatusCode.BadGateway), StringComparison.Ordinal);
        Assert.Contains("\"decision_service\":\"unreachable\"", await (await gateway.Client.GetAsync("/health")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Decide_NodeAnswersWithAnError_IsNotAskedElsewhere()
    {
        static Task RefuseAsync(HttpContext context)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return context.Response.WriteAsync("no");
        }

        await using Backend one = await Backend.StartAsync(RefuseAsync);
        await using Backend two = await Backend.StartAsync(RefuseAsync);
        await using GatewayHost gateway = await StartAsync(one.Url, two.Url);

        using HttpResponseMessage response = await gateway.Client.GetAsync("/api/decide");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Single(Decisions(one).Concat(Decisions(two)));
    }

    [Fact]
    public async Task Decide_OneNodeHasNoSnapshot_EveryRequestIsAnsweredByTheOther()
    {
        await using Backend without = await Backend.StartAsync(AnswerNoConfigAsync);
        await using Backend with = await Backend.StartAsync(EchoAsync);
        await using GatewayHost gateway = await StartAsync(without.Url, with.Url);

        for (int i = 0; i < 40; i++)
        {
            Assert.Equal($"GET {i}", await gateway.Client.GetStringAsync($"/api/decide?user_key={i}"));
            using HttpResponseMessage posted = await gateway.Client.PostAsync($"/api/decide?user_key={i}", new StringContent("{}"));
            Assert.Equal((HttpStatusCode.OK, $"POST {i}{{}}"), (posted.StatusCode, await posted.Content.ReadAsStringAsync()));
            Assert.False(posted.Headers.Contains("x-of-the-refusal"));
        }

        Assert.NotEmpty(Decisions(without));
        Assert.Equal(80, Decisions(with).Count());
    }

    [Fact]
    public async Task Decide_NoNodeHasASnapshot_AnswersAsTheyDo()
    {
        await using Backend one = await Backend.StartAsync(AnswerNoConfigAsync);
        await using Backend two = await Backend.StartAsync(AnswerNoConfigAsync);
        await using GatewayHost gateway = await StartAsync(one.Url, two.Url);

        using HttpResponseMessage response = await gateway.Client.GetAsync("/api/decide");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("No config", await response.Content.ReadAsStringAsync());
        Assert.Single(Decisions(one));
        Assert.Single(Decisions(two));
    }

    [Fact]
    public async Task Probe_OfANode_AsksWhetherItIsReady()
    {
        await using Backend one = await Backend.StartAsync(EchoAsync);
        await using Backend two = await Backend.StartAsync(EchoAsync);
        await using GatewayHost gateway = await StartAsync(one.Url, two.Url);

        await Eventually.HoldsAsync(() => one.Received.Any(static request => request.Target == "/health/ready"), "a probe");
    }

    private static async Task AnswerNoConfigAsync(HttpContext context)
    {
        // Ready, so that it is asked as often as the other one.
        if (context.Request.Path != "/health/ready")
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers["x-of-the-refusal"] = "1";
            await context.Response.WriteAsync("No config");
        }
    }

    private static Task<GatewayHost> StartAsync(params Uri[] decide) =>
        GatewayHost.StartAsync(new() { DecideUrls = decide, RateLimit = new() { Enabled = false } });

    private static IEnumerable<ReceivedRequest> Decisions(Backend node) => node.Received.Where(static request => request.Target.StartsWith("/decide", StringComparison.Ordinal));

    private static async Task EchoAsync(HttpContext context)
    {
        using var body = new StreamReader(context.Request.Body);
        await context.Response.WriteAsync($"{context.Request.Method} {context.Request.Query["user_key"]}{await body.ReadToEndAsync()}");
    }
}
