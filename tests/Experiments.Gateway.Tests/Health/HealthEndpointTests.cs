using System.Net;
using Experiments.Gateway.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Experiments.Gateway.Tests.Health;

public class HealthEndpointTests
{
    private const string AllOk = """{"status":"ok","services":{"experiment_service":"ok","decision_service":"ok"}}""";

    [Theory]
    [InlineData("/health")]
    [InlineData("/api/health")]
    public async Task Get_BothElsewhereAndWell_AnswersOk(string path)
    {
        await using Backend control = await Backend.StartAsync();
        await using Backend decide = await Backend.StartAsync();
        await using GatewayHost gateway = await GatewayHost.StartAsync(
            new() { ControlUrl = control.Url, DecideUrls = [decide.Url], ForwardOtherPaths = true });

        using HttpResponseMessage response = await gateway.Client.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(AllOk, await response.Content.ReadAsStringAsync());
        Assert.Equal(("GET", "/health"), (Assert.Single(control.Received).Method, Assert.Single(control.Received).Target));
        Assert.Equal(("GET", "/health"), (Assert.Single(decide.Received).Method, Assert.Single(decide.Received).Target));
    }

    [Fact]
    public async Task Get_UrlWithPath_AsksBelowIt()
    {
        await using Backend control = await Backend.StartAsync();
        await using GatewayHost gateway = await GatewayHost.StartAsync(new() { ControlUrl = new Uri(control.Url, "/inner/") });

        using HttpResponseMessage response = await gateway.Client.GetAsync("/health");

        Assert.Equal("/inner/health", Assert.Single(control.Received).Target);
    }

    [Fact]
    public async Task Get_BothHere_AsksTheDelegates()
    {
        int asked = 0;
        await using GatewayHost gateway = await GatewayHost.StartAsync(new()
        {
            ControlHealth = (_, _) => ValueTask.FromResult(Interlocked.Increment(ref asked) > 0),
            DecideHealth = (_, _) => ValueTask.FromResult(Interlocked.Increment(ref asked) > 0),
        });

        Assert.Equal(AllOk, await gateway.Client.GetStringAsync("/health"));
        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task Get_Here_GivesTheDelegateTheServicesOfTheRequest()
    {
        var clock = new FakeTimeProvider();
        await using GatewayHost gateway = await GatewayHost.StartAsync(
            new()
            {
                ControlHealth = (services, _) =>
                    ValueTask.FromResult(ReferenceEquals(clock, services.GetRequiredService<TimeProvider>())),
            },
            clock: clock);

        Assert.Equal(AllOk, await gateway.Client.GetStringAsync("/health"));
    }

    [Fact]
    public async Task Get_BothHereWithoutDelegates_AnswersOk()
    {
        await using GatewayHost gateway = await GatewayHost.StartAsync(new());

        Assert.Equal(AllOk, await gateway.Client.GetStringAsync("/health"));
    }

    [Fact]
    public async Task Head_IsAnsweredHere()
    {
        await using Backend control = await Backend.StartAsync();
        await using GatewayHost gateway = await GatewayHost.StartAsync(new()
        {
            ControlUrl = control.Url,
            ForwardOtherPaths = true,
            DecideHealth = (_, _) => ValueTask.FromResult(false),
        });

        using HttpResponseMessage response = await gateway.Client.SendAsync(new(HttpMethod.Head, "/health"));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("GET", Assert.Single(control.Received).Method);
    }

    [Theory]
    [InlineData(StatusCodes.Status503ServiceUnavailable)]
    [InlineData(StatusCodes.Status404NotFound)]
    [InlineData(StatusCodes.Status302Found)]
    public async Task Get_ServiceAnswersNo_IsUnhealthy(int status)
    {
        await using Backend decide = await Backend.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });
        await using GatewayHost gateway = await GatewayHost.StartAsync(new() { DecideUrls = [decide.Url] });

        await AssertDegradedAsync(gateway.Client.GetAsync("/health"), control: "ok", decide: "unhealthy");
    }

    [Fact]
    public async Task Get_DelegateSaysNoOrThrows_IsUnhealthy()
    {
        await using GatewayHost gateway = await GatewayHost.StartAsync(new()
        {
            ControlHealth = (_, _) => ValueTask.FromResult(false),
            DecideHealth = (_, _) => throw new InvalidOperationException("The store is gone."),
        });

        await AssertDegradedAsync(gateway.Client.GetAsync("/health"), control: "unhealthy", decide: "unhealthy");
    }

    [Fact]
    public async Task Get_ServiceDown_IsUnreachable()
    {
        using var dead = new DeadService();
        await using Backend decide = await Backend.StartAsync();
        await using GatewayHost gateway = await GatewayHost.StartAsync(new() { ControlUrl = dead.Url, DecideUrls = [decide.Url] });

        await AssertDegradedAsync(gateway.Client.GetAsync("/health"), control: "unreachable", decide: "ok");
    }

    [Fact]
    public async Task Get_OneOfTwoControlServersIsWell_AnswersOk()
    {
        using var dead = new DeadService();
        await using Backend control = await Backend.StartAsync();
        await using GatewayHost gateway = await GatewayHost.StartAsync(new() { ControlUrls = [dead.Url, control.Url] });

        Assert.Equal(AllOk, await gateway.Client.GetStringAsync("/health"));
    }

    [Fact]
    public async Task Get_BothSilent_AreUnreachableAfterTwoSecondsTogether()
    {
        var clock = new FakeTimeProvider();
        var delegateAsked = new TaskCompletionSource();
        await using Backend control = await Backend.StartSilentAsync();
        await using GatewayHost gateway = await GatewayHost.StartAsync(
            new()
            {
                ControlUrl = control.Url,
                DecideHealth = async (_, _) =>
                {
                    delegateAsked.SetResult();
                    await new TaskCompletionSource().Task;
                    return true;
                },
            },
            clock: clock);

        Task<HttpResponseMessage> answer = gateway.Client.GetAsync("/health");
        await delegateAsked.Task;
        await Eventually.HoldsAsync(() => !control.Received.IsEmpty, "control is asked while decide has not answered");
        clock.Advance(TimeSpan.FromSeconds(1.9));
        Assert.False(answer.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(0.1));

        await AssertDegradedAsync(answer, control: "unreachable", decide: "unreachable");
    }

    private static async Task AssertDegradedAsync(Task<HttpResponseMessage> answer, string control, string decide)
    {
        using HttpResponseMessage response = await answer;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(
            $$$"""{"status":"degraded","services":{"experiment_service":"{{{control}}}","decision_service":"{{{decide}}}"}}""",
            await response.Content.ReadAsStringAsync());
    }
}
