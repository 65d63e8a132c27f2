using System.Net;
using Experiments.Gateway.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace Experiments.Gateway.Tests.Proxying;

/// <summary>Several control servers of which some cannot be asked. What changes something is never done twice.</summary>
public sealed class ControlFailoverTests
{
    [Theory]
    [InlineData("/api/experiments")]
    [InlineData("/configs/prod/version.json")]
    [InlineData("/docs")]
    public async Task Get_OneServerIsDead_EveryRequestIsAnsweredByTheOther(string path)
    {
        using var dead = new DeadService();
        await using Backend alive = await Backend.StartAsync(EchoAsync);
        await using GatewayHost gateway = await StartAsync(dead.Url, alive.Url);

        for (int i = 0; i < 20; i++)
        {
            Assert.Equal("GET ", await gateway.Client.GetStringAsync(path));
        }
    }

    [Fact]
    public async Task Post_OneServerIsDead_EveryRequestReachesTheOtherOnce()
    {
        using var dead = new DeadService();
        await using Backend alive = await Backend.StartAsync(EchoAsync);
        await using GatewayHost gateway = await StartAsync(dead.Url, alive.Url);

        for (int i = 0; i < 20; i++)
        {
            string body = new('x', i * 10_000);
            using HttpResponseMessage response = await gateway.Client.PostAsync("/api/experiments", new StringContent(body));
            Assert.Equal($"POST {body}", await response.Content.ReadAsStringAsync());
        }

        Assert.Equal(20, Requests(alive).Count());
    }

    [Fact]
    public async Task Get_OneServerHangsUp_EveryRequestIsAnsweredByTheOther()
    {
        await using Backend broken = await Backend.StartAsync(HangUpAsync);
        await using Backend alive = await Backend.StartAsync(EchoAsync);
        await using GatewayHost gateway = await StartAsync(broken.Url, alive.Url);

        for (int i = 0; i < 20; i++)
        {
            Assert.Equal("GET ", await gateway.Client.GetStringAsync("/api/experiments"));
        }

        Assert.NotEmpty(Requests(broken));
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    public async Task Change_ServerHangsUpOnIt_IsNotSentAgain(string method)
    {
        await using Backend one = await Backend.StartAsync(HangUpAsync);
        await using Backend two = await Backend.StartAsync(HangUpAsync);
        await using GatewayHost gateway = await StartAsync(one.Url, two.Url);
        using var request = new HttpRequestMessage(new HttpMethod(method), "/api/experiments/1") { Content = new StringContent("{}") };

        using HttpResponseMessage response = await gateway.Client.SendAsync(request);

        Assert.EndsWith(" gave no complete answer.", await Problem.ReadAsync(response, HttpStatusCode.BadGateway), StringComparison.Ordinal);
        Assert.Single(Requests(one).Concat(Requests(two)));
    }

    [Fact]
    public async Task Get_ServerAnswersWithAnError_IsNotAskedElsewhere()
    {
        static Task AnswerAsync(HttpContext context)
        {
            context.Response.StatusCode = IsProbe(context) ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
            return context.Response.WriteAsync("the database is gone");
        }

        await using Backend one = await Backend.StartAsync(AnswerAsync);
        await using Backend two = await Backend.StartAsync(AnswerAsync);
        await using GatewayHost gateway = await StartAsync(one.Url, two.Url);

        using HttpResponseMessage response = await gateway.Client.GetAsync("/api/experiments");

        Assert.Equal("the database is gone", await response.Content.ReadAsStringAsync());
        Assert.Single(Requests(one).Concat(Requests(two)));
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task Any_AllServersAreDead_Answers502(string method)
    {
        using var one = new DeadService();
        using var two = new DeadService();
        await using GatewayHost gateway = await StartAsync(one.Url, two.Url);

        using HttpResponseMessage response = await gateway.Client.SendAsync(new(new HttpMethod(method), "/api/experiments"));

        Assert.EndsWith(" is unreachable.", await Problem.ReadAsync(response, HttpStatusCode.BadGateway), StringComparison.Ordinal);
        Assert.False(response.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task Api_TwoServers_BothAreAsked()
    {
        await using Backend one = await Backend.StartAsync(EchoAsync);
        await using Backend two = await Backend.StartAsync(EchoAsync);
        await using GatewayHost gateway = await StartAsync(one.Url, two.Url);

        for (int i = 0; i < 60; i++)
        {
            using HttpResponseMessage response = await gateway.Client.GetAsync("/api/experiments");
            Assert.False(response.Headers.Contains("Set-Cookie"));
        }

        Assert.NotEmpty(Requests(one));
        Assert.NotEmpty(Requests(two));
        Assert.Equal(60, Requests(one).Count() + Requests(two).Count());
    }

    [Fact]
    public async Task Page_TwoServers_BrowserStaysWithOne()
    {
        await using Backend one = await Backend.StartAsync(EchoAsync);
        await using Backend two = await Backend.StartAsync(EchoAsync);
        await using GatewayHost gateway = await StartAsync(one.Url, two.Url);

        using HttpResponseMessage first = await gateway.Client.GetAsync("/");
        for (int i = 0; i < 20; i++)
        {
            using HttpResponseMessage next = await gateway.Client.GetAsync("/_blazor/negotiate");
            Assert.False(next.Headers.Contains("Set-Cookie"));
        }

        string cookie = Assert.Single(first.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith("experiments-server=", cookie, StringComparison.Ordinal);
        Assert.EndsWith("; path=/; samesite=lax; httponly", cookie, StringComparison.Ordinal);
        Assert.Contains(21, new[] { Requests(one).Count(), Requests(two).Count() });
    }

    [Fact]
    public async Task Page_ForwardedFromHttps_CookieIsSecure()
    {
        await using Backend one = await Backend.StartAsync(EchoAsync);
        await using Backend two = await Backend.StartAsync(EchoAsync);
        await using GatewayHost gateway = await GatewayHost.StartAsync(new()
        {
            ControlUrls = [one.Url, two.Url], ForwardOtherPaths = true, TrustedProxies = [IPNetwork.Parse("127.0.0.1/32")],
        });
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Add("X-Forwarded-For", "203.0.113.9");
        request.Headers.Add("X-Forwarded-Proto", "https");

        using HttpResponseMessage response = await gateway.Client.SendAsync(request);

        Assert.Contains("; secure", Assert.Single(response.Headers.GetValues("Set-Cookie")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_ItsServerIsGone_BrowserGoesToTheOtherAndStaysThere()
    {
        string? gone = null;
        Task AnswerAsync(HttpContext context) =>
            context.Request.Host.Value == Volatile.Read(ref gone) ? HangUpAsync(context) : context.Response.WriteAsync(context.Request.Host.Value!);
        await using Backend one = await Backend.StartAsync(AnswerAsync);
        await using Backend two = await Backend.StartAsync(AnswerAsync);
        await using GatewayHost gateway = await StartAsync(one.Url, two.Url);

        string first = await gateway.Client.GetStringAsync("/");
        Volatile.Write(ref gone, first);
        using HttpResponseMessage moved = await gateway.Client.GetAsync("/");
        Volatile.Write(ref gone, null);
        using HttpResponseMessage stayed = await gateway.Client.GetAsync("/");

        string second = first == one.Url.Authority ? two.Url.Authority : one.Url.Authority;
        Assert.Equal(second, await moved.Content.ReadAsStringAsync());
        Assert.Single(moved.Headers.GetValues("Set-Cookie"));
        Assert.Equal(second, await stayed.Content.ReadAsStringAsync());
        Assert.False(stayed.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task Page_OneServer_SetsNoCookie()
    {
        await using Backend control = await Backend.StartAsync(EchoAsync);
        await using GatewayHost gateway = await StartAsync(control.Url);

        using HttpResponseMessage response = await gateway.Client.GetAsync("/");

        Assert.False(response.Headers.Contains("Set-Cookie"));
        Assert.Single(control.Received);
    }

    private static Task<GatewayHost> StartAsync(params Uri[] control) =>
        GatewayHost.StartAsync(new() { ControlUrls = control, ForwardOtherPaths = true });

    private static bool IsProbe(HttpContext context) => context.Request.Path == "/health/ready";

    private static IEnumerable<ReceivedRequest> Requests(Backend server) => server.Received.Where(static request => request.Target != "/health/ready");

    // But for probes: a server that is known to be gone would not be asked at all.
    private static async Task HangUpAsync(HttpContext context)
    {
        if (!IsProbe(context))
        {
            await context.Request.Body.CopyToAsync(Stream.Null);
            context.Abort();
        }
    }

    private static async Task EchoAsync(HttpContext context)
    {
        using var body = new StreamReader(context.Request.Body);
        await context.Response.WriteAsync($"{context.Request.Method} {await body.ReadToEndAsync()}");
    }
}
