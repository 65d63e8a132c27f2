using System.Net;
using Experiments.Gateway.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace Experiments.Gateway.Tests.RateLimiting;

public class DecideRateLimitTests
{
    private static readonly IPNetwork[] Loopback = [IPNetwork.Parse("127.0.0.0/8")];
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public async Task Invoke_WithinTheLimit_TellsWhatIsLeft()
    {
        await using GatewayHost gateway = await StartAsync(new() { PermitLimit = 2 });

        Assert.Equal((200, "2", "1", "60", null), await AskAsync(gateway.Client));
        _clock.Advance(TimeSpan.FromSeconds(20.5));
        Assert.Equal((200, "2", "0", "40", null), await AskAsync(gateway.Client));
    }

    [Fact]
    public async Task Invoke_AboveTheLimit_Answers429UntilTheWindowEnds()
    {
        await using GatewayHost gateway = await StartAsync(new() { PermitLimit = 1, Window = TimeSpan.FromSeconds(10) });
        await AskAsync(gateway.Client);
        _clock.Advance(TimeSpan.FromSeconds(9.5));

        Assert.Equal((429, "1", "0", "1", "1"), await AskAsync(gateway.Client));
        using HttpResponseMessage refused = await gateway.Client.GetAsync("/api/decide");
        Assert.Equal(
            "127.0.0.1 has made all 1 requests it may make in 10 s.", await Problem.ReadAsync(refused, HttpStatusCode.TooManyRequests));
        _clock.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Equal((200, "1", "0", "10", null), await AskAsync(gateway.Client));
    }

    [Fact]
    public async Task Invoke_DefaultLimit_Is300InSixtySeconds()
    {
        await using GatewayHost gateway = await StartAsync(new());
        for (int left = 299; left >= 0; left--)
        {
            Assert.Equal((200, "300", $"{left}", "60", null), await AskAsync(gateway.Client));
        }

        Assert.Equal((429, "300", "0", "60", "60"), await AskAsync(gateway.Client));
    }

    [Theory]
    [InlineData("GET", "/api/decide/")]
    [InlineData("GET", "/API/Decide?user_key=u")]
    [InlineData("GET", "/api/%64ecide")]
    [InlineData("POST", "/api/decide")]
    [InlineData("DELETE", "/api/decide")]
    [InlineData("OPTIONS", "/api/decide")]
    public async Task Invoke_EverySpellingAndMethod_IsLimited(string method, string target)
    {
        await using GatewayHost gateway = await StartAsync(new() { PermitLimit = 1 });
        await AskAsync(gateway.Client);

        using HttpResponseMessage response = await gateway.Client.SendAsync(new(new HttpMethod(method), gateway.Target(target)));

        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
    }

    [Theory]
    [InlineData("/api/decide/more")]
    [InlineData("/api/experiments")]
    [InlineData("/decide")]
    [InlineData("/health")]
    public async Task Invoke_OtherPaths_AreNotLimited(string path)
    {
        await using GatewayHost gateway = await StartAsync(new() { PermitLimit = 1 });
        await AskAsync(gateway.Client);
        await AskAsync(gateway.Client);

        using HttpResponseMessage response = await gateway.Client.GetAsync(path);

        Assert.NotEqual(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.DoesNotContain(response.Headers, header => header.Key.StartsWith("x-ratelimit", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("/api/decide?fail=status", 400)]
    [InlineData("/api/decide?fail=unavailable", 503)]
    [InlineData("/api/decide?fail=exception", 500)]
    public async Task Invoke_DecideHereFails_TheAnswerCarriesTheHeaders(string target, int status)
    {
        await using GatewayHost gateway = await StartAsync(new() { PermitLimit = 5 });

        Assert.Equal((status, "5", "4", "60", null), await AskAsync(gateway.Client, target));
    }

    [Fact]
    public async Task Invoke_DecideElsewhereDown_TheAnswerCarriesTheHeaders()
    {
        using var dead = new DeadService();
        await using GatewayHost gateway = await GatewayHost.StartAsync(new() { DecideUrls = [dead.Url] }, clock: _clock);

        Assert.Equal((502, "300", "299", "60", null), await AskAsync(gateway.Client));
    }

    [Fact]
    public async Task Invoke_DecideElsewhereAboveTheLimit_IsNotAsked()
    {
        await using Backend decide = await Backend.StartAsync();
        await using GatewayHost gateway = await GatewayHost.StartAsync(
            new() { DecideUrls = [decide.Url], RateLimit = new() { PermitLimit = 1 } }, clock: _clock);

        Assert.Equal((200, "1", "0", "60", null), await AskAsync(gateway.Client));
        Assert.Equal((429, "1", "0", "60", "60"), await AskAsync(gateway.Client));
        Assert.Single(decide.Received);
    }

    [Fact]
    public async Task Invoke_Clients_HaveAWindowEach()
    {
        await using GatewayHost gateway = await StartAsync(new() { PermitLimit = 1 });
        using HttpClient other = gateway.ClientFrom("127.0.0.2");
        await AskAsync(gateway.Client);
        _clock.Advance(TimeSpan.FromSeconds(15));

        Assert.Equal((200, "1", "0", "60", null), await AskAsync(other));
        Assert.Equal((429, "1", "0", "45", "45"), await AskAsync(gateway.Client));
    }

    [Fact]
    public async Task Invoke_AllowedClient_IsNotLimitedAndGetsNoHeaders()
    {
        await using GatewayHost gateway = await StartAsync(
            new() { PermitLimit = 1, AllowList = [IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("127.0.0.2/32")] });
        using HttpClient allowed = gateway.ClientFrom("127.0.0.2");

        Assert.Equal((200, null, null, null, null), await AskAsync(allowed));
        Assert.Equal((200, null, null, null, null), await AskAsync(allowed));
        Assert.Equal((200, "1", "0", "60", null), await AskAsync(gateway.Client));
    }

    [Fact]
    public async Task Invoke_Disabled_LimitsNobody()
    {
        await using GatewayHost gateway = await StartAsync(new() { Enabled = false, PermitLimit = 1 });

        Assert.Equal((200, null, null, null, null), await AskAsync(gateway.Client));
        Assert.Equal((200, null, null, null, null), await AskAsync(gateway.Client));
    }

    [Fact]
    public async Task Invoke_ForwardedForFromAStranger_DoesNotEscapeTheLimit()
    {
        await using GatewayHost gateway = await StartAsync(new() { PermitLimit = 1 });

        Assert.Equal((200, "1", "0", "60", null), await AskAsync(gateway.Client, forwardedFor: "203.0.113.1"));
        Assert.Equal((429, "1", "0", "60", "60"), await AskAsync(gateway.Client, forwardedFor: "203.0.113.2"));
    }

    [Fact]
    public async Task Invoke_ForwardedForFromATrustedProxy_NamesTheClientAndCannotBeSpoofed()
    {
        await using GatewayHost gateway = await StartAsync(new() { PermitLimit = 1 }, Loopback);

        Assert.Equal((200, "1", "0", "60", null), await AskAsync(gateway.Client, forwardedFor: "203.0.113.1"));
        Assert.Equal((200, "1", "0", "60", null), await AskAsync(gateway.Client, forwardedFor: "203.0.113.2"));
        Assert.Equal((429, "1", "0", "60", "60"), await AskAsync(gateway.Client, forwardedFor: "198.51.100.7, 203.0.113.1"));
        Assert.Equal((429, "1", "0", "60", "60"), await AskAsync(gateway.Client, forwardedFor: "::ffff:203.0.113.2"));
    }

    [Fact]
    public async Task Invoke_IPv6Clients_CountByFullAddress()
    {
        await using GatewayHost gateway = await StartAsync(new() { PermitLimit = 1 }, Loopback);

        Assert.Equal((200, "1", "0", "60", null), await AskAsync(gateway.Client, forwardedFor: "2001:db8::1"));
        Assert.Equal((200, "1", "0", "60", null), await AskAsync(gateway.Client, forwardedFor: "2001:db8::2"));
        Assert.Equal((429, "1", "0", "60", "60"), await AskAsync(gateway.Client, forwardedFor: "2001:0db8:0::1"));
    }

    [Fact]
    public async Task Invoke_ManyAtOnce_ExactlyTheLimitPasses()
    {
        await using GatewayHost gateway = await StartAsync(new() { PermitLimit = 50 });

        (int Status, string? Limit, string? Remaining, string? Reset, string? RetryAfter)[] answers =
            await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => AskAsync(gateway.Client)));

        Assert.Equal(50, answers.Count(answer => answer.Status == 200));
        Assert.Equal(150, answers.Count(answer => answer.Status == 429));
    }

    private static async Task<(int Status, string? Limit, string? Remaining, string? Reset, string? RetryAfter)> AskAsync(
        HttpClient client, string target = "/api/decide", string? forwardedFor = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, target);
        if (forwardedFor is not null)
        {
            request.Headers.Add("X-Forwarded-For", forwardedFor);
        }

        using HttpResponseMessage response = await client.SendAsync(request);
        return (
            (int)response.StatusCode,
            Header("x-ratelimit-limit"),
            Header("x-ratelimit-remaining"),
            Header("x-ratelimit-reset"),
            Header("retry-after"));

        string? Header(string name) => response.Headers.TryGetValues(name, out IEnumerable<string>? values) ? values.Single() : null;
    }

    private Task<GatewayHost> StartAsync(RateLimitOptions limit, IReadOnlyList<IPNetwork>? trustedProxies = null) =>
        GatewayHost.StartAsync(
            new() { RateLimit = limit, TrustedProxies = trustedProxies ?? [] },
            app => app.MapGet("/api/decide", Decide),
            _clock);

    private static IResult Decide(string? fail) => fail switch
    {
        null => TypedResults.Ok(),
        "status" => TypedResults.BadRequest(),
        "unavailable" => TypedResults.Problem(statusCode: StatusCodes.Status503ServiceUnavailable),
        _ => throw new InvalidOperationException("decide failed"),
    };
}
