using System.Net;
using Experiments.Gateway.Tests.Support;
using Microsoft.AspNetCore.Builder;

namespace Experiments.Gateway.Tests.Proxying;

/// <summary>Metrics and probes of the servers behind the gateway stay there.</summary>
public sealed class InternalPathsTests
{
    [Theory]
    [InlineData("/metrics")]
    [InlineData("/metrics?name=x")]
    [InlineData("/Metrics/")]
    [InlineData("/%6Detrics")]
    [InlineData("/x/../metrics")]
    [InlineData("/api/metrics")]
    [InlineData("/api/api/metrics")]
    [InlineData("/health/ready")]
    [InlineData("/health/live")]
    [InlineData("/api/health/ready")]
    public async Task Forward_InternalPath_Answers404AndAsksNobody(string target)
    {
        await using Backend control = await Backend.StartAsync();
        await using GatewayHost gateway = await GatewayHost.StartAsync(new() { ControlUrl = control.Url, ForwardOtherPaths = true });

        using HttpResponseMessage response = await gateway.Client.GetAsync(gateway.Target(target));

        Assert.StartsWith("The gateway does not forward /", await Problem.ReadAsync(response, HttpStatusCode.NotFound), StringComparison.Ordinal);
        Assert.Empty(control.Received);
    }

    [Fact]
    public async Task Forward_InternalPathThatIsServedHere_IsAnsweredHere()
    {
        await using Backend control = await Backend.StartAsync();
        await using GatewayHost gateway = await GatewayHost.StartAsync(
            new() { ControlUrl = control.Url, ForwardOtherPaths = true }, app => app.MapGet("/metrics", () => "of the gateway"));

        Assert.Equal("of the gateway", await gateway.Client.GetStringAsync("/metrics"));
        Assert.Empty(control.Received);
    }

    [Theory]
    [InlineData("/metricsx", "/metricsx")]
    [InlineData("/docs/metrics", "/docs/metrics")]
    [InlineData("/configs/metrics/version.json", "/configs/metrics/version.json")]
    [InlineData("/api/flags/health", "/flags/health")]
    public async Task Forward_PathThatLooksLikeOne_IsForwarded(string target, string expected)
    {
        await using Backend control = await Backend.StartAsync();
        await using GatewayHost gateway = await GatewayHost.StartAsync(new() { ControlUrl = control.Url, ForwardOtherPaths = true });

        using HttpResponseMessage response = await gateway.Client.GetAsync(target);

        Assert.Equal(expected, Assert.Single(control.Received).Target);
    }
}
