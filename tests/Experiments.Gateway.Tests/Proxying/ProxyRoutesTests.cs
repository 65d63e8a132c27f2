using System.Net;
using System.Net.Http.Json;
using Experiments.Gateway.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Experiments.Gateway.Tests.Proxying;

public class ProxyRoutesTests
{
    [Theory]
    [InlineData("/api/experiments?page=1&pageSize=2", "/experiments?page=1&pageSize=2")]
    [InlineData("/api", "/")]
    [InlineData("/api?a=b", "/?a=b")]
    [InlineData("/api/", "/")]
    [InlineData("/API/Experiments", "/Experiments")]
    [InlineData("/api/decide/more", "/decide/more")]
    [InlineData("/api/api/decide", "/api/decide")]
    [InlineData("/api/explain?env=prod&user_key=u&key=k", "/explain?env=prod&user_key=u&key=k")]
    [InlineData("/api/environments/1/impact", "/environments/1/impact")]
    [InlineData("/configs/prod/version.json", "/configs/prod/version.json")]
    public async Task Route_ControlElsewhere_ReachesControl(string target, string expected)
    {
        await using Backend control = await Backend.StartAsync();
        await using Backend decide = await Backend.StartAsync();
        await using GatewayHost gateway = await GatewayHost.StartAsync(new() { ControlUrl = control.Url, DecideUrls = [decide.Url] });

        using HttpResponseMessage response = await gateway.Client.GetAsync(target);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(expected, Assert.Single(control.Received).Target);
        Assert.Empty(decide.Received);
    }

    [Theory]
    [InlineData("/api/decide?user_key=u&env=prod", "/decide?user_key=u&env=prod")]
    [InlineData("/api/decide/", "/decide/")]
    [InlineData("/Api/Decide", "/Decide")]
    public async Task Route_DecideElsewhere_ReachesDecide(string target, string expected)
    {
        await using Backend control = await Backend.StartAsync();
        await using Backend decide = await Backend.StartAsync();
        await using GatewayHost gateway = await GatewayHost.StartAsync(new() { ControlUrl = control.Url, DecideUrls = [decide.Url] });

        using HttpResponseMessage response = await gateway.Client.GetAsync(target);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(expected, Assert.Single(decide.Received).Target);
        Assert.Empty(control.Received);
    }

    [Fact]
    public async Task Route_UrlWithPath_KeepsThatPathInFront()
    {
        await using Backend control = await Backend.StartAsync();
        await using GatewayHost gateway = await GatewayHost.StartAsync(new() { ControlUrl = new Uri(control.Url, "/inner/") });

        using HttpResponseMessage response = await gateway.Client.GetAsync("/api/experiments");

        Assert.Equal("/inner/experiments", Assert.Single(control.Received).Target);
    }

    [Fact]
    public async Task Route_OtherPathNotForwarded_Answers404AndAsksNobody()
    {
        await using Backend control = await Backend.StartAsync();
        await using GatewayHost gateway = await GatewayHost.StartAsync(new() { ControlUrl = control.Url });

        using HttpResponseMessage response = await gateway.Client.GetAsync("/docs");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Empty(control.Received);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/docs")]
    [InlineData("/docs/a%20b?x=%2F")]
    public async Task Route_OtherPathForwarded_ReachesControlUnchanged(string target)
    {
        await using Backend control = await Backend.StartAsync();
        await using GatewayHost gateway = await GatewayHost.StartAsync(new() { ControlUrl = control.Url, ForwardOtherPaths = true });

        using HttpResponseMessage response = await gateway.Client.GetAsync(target);

        Assert.Equal(target, Assert.Single(control.Received).Target);
    }

    [Fact]
    public async Task Route_EverythingHere_LeavesTheHostsEndpointsAlone()
    {
        await using GatewayHost gateway = await GatewayHost.StartAsync(new(), app =>
        {
            app.MapGet("/api/decide", () => "decide here");
            app.MapGet("/api/experiments", () => "control here");
        });

        Assert.Equal("decide here", await gateway.Client.GetStringAsync("/api/decide"));
        Assert.Equal("control here", await gateway.Client.GetStringAsync("/api/experiments"));
        using HttpResponseMessage unknown = await gateway.Client.GetAsync("/api/nothing");
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        using HttpResponseMessage wrongMethod = await gateway.Client.DeleteAsync("/api/decide");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, wrongMethod.StatusCode);
    }

    [Fact]
    public async Task Route_DecideHereAndControlElsewhere_DecideStaysHere()
    {
        await using Backend control = await Backend.StartAsync();
        await using GatewayHost gateway = await GatewayHost.StartAsync(
            new() { ControlUrl = control.Url, ForwardOtherPaths = true },
            app => app.MapGroup("/api").MapMethods("/decide", ["GET", "POST"], (HttpContext context) => $"{context.Request.Method} here"));

        using HttpResponseMessage post = await gateway.Client.PostAsync("/api/decide", content: null);
        using HttpResponseMessage delete = await gateway.Client.DeleteAsync("/api/decide");

        Assert.Equal("GET here", await gateway.Client.GetStringAsync("/api/decide"));
        Assert.Equal("POST here", await post.Content.ReadAsStringAsync());
        Assert.Equal(
            "/api/decide does not take DELETE, only GET and POST.", await Problem.ReadAsync(delete, HttpStatusCode.MethodNotAllowed));
        Assert.Equal(["GET", "POST"], delete.Content.Headers.Allow);
        Assert.Empty(control.Received);
    }

    [Fact]
    public async Task Route_ControlHereAndDecideElsewhere_OnlyDecideIsForwarded()
    {
        await using Backend decide = await Backend.StartAsync();
        await using GatewayHost gateway = await GatewayHost.StartAsync(
            new() { DecideUrls = [decide.Url] }, app => app.MapPost("/api/environments", () => "control here"));

        using HttpResponseMessage mutation = await gateway.Client.PostAsync("/api/environments", content: null);
        using HttpResponseMessage decision = await gateway.Client.PostAsJsonAsync("/api/decide", new { });
        using HttpResponseMessage wrongMethod = await gateway.Client.GetAsync("/api/environments");

        Assert.Equal("control here", await mutation.Content.ReadAsStringAsync());
        Assert.Equal("/decide", Assert.Single(decide.Received).Target);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, wrongMethod.StatusCode);
    }

    [Fact]
    public void AddExperimentsGateway_ForwardOtherPathsWithoutControlUrl_Throws() =>
        Assert.Throws<ArgumentException>(() =>
            new Microsoft.Extensions.DependencyInjection.ServiceCollection().AddExperimentsGateway(new() { ForwardOtherPaths = true }));
}
