using System.Net;
using Experiments.Gateway.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace Experiments.Gateway.Tests.Proxying;

public class ProxyErrorsTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(200);

    [Theory]
    [InlineData("/api/experiments", "control")]
    [InlineData("/api/decide", "decide")]
    [InlineData("/configs/prod/version.json", "control")]
    [InlineData("/docs", "control")]
    public async Task Invoke_ServiceDown_Answers502NamingIt(string path, string service)
    {
        using var dead = new DeadService();
        await using GatewayHost gateway = await GatewayHost.StartAsync(
            new() { ControlUrl = dead.Url, DecideUrls = [dead.Url], ForwardOtherPaths = true });

        using HttpResponseMessage response = await gateway.Client.PostAsync(path, new StringContent("{}"));

        string error = await Problem.ReadAsync(response, HttpStatusCode.BadGateway);
        Assert.Equal($"The {service} service at {dead.Url.GetLeftPart(UriPartial.Authority)} is unreachable.", error);
    }

    [Fact]
    public async Task Invoke_UrlWithPassword_DoesNotShowIt()
    {
        using var dead = new DeadService();
        Uri url = new UriBuilder(dead.Url) { UserName = "admin", Password = "secret" }.Uri;
        await using GatewayHost gateway = await GatewayHost.StartAsync(new() { ControlUrl = url });

        using HttpResponseMessage response = await gateway.Client.GetAsync("/api/experiments");

        Assert.DoesNotContain("secret", await Problem.ReadAsync(response, HttpStatusCode.BadGateway), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invoke_ServiceDownThenUp_ForwardsAgain()
    {
        using var dead = new DeadService();
        Uri url = dead.Url;
        await using GatewayHost gateway = await GatewayHost.StartAsync(new() { ControlUrl = url });
        using HttpResponseMessage down = await gateway.Client.GetAsync("/api/experiments");

        dead.Dispose();
        await using Backend control = await Backend.StartAsync(port: url.Port);
        using HttpResponseMessage up = await gateway.Client.GetAsync("/api/experiments");

        Assert.Equal(HttpStatusCode.BadGateway, down.StatusCode);
        Assert.Equal(HttpStatusCode.OK, up.StatusCode);
    }

    [Theory]
    [InlineData("/api/experiments", "control")]
    [InlineData("/api/decide", "decide")]
    public async Task Invoke_ServiceSilent_Answers504NamingIt(string path, string service)
    {
        await using Backend silent = await Backend.StartSilentAsync();
        await using GatewayHost gateway = await GatewayHost.StartAsync(
            new() { ControlUrl = silent.Url, DecideUrls = [silent.Url], BackendTimeout = Short });

        using HttpResponseMessage response = await gateway.Client.GetAsync(path);

        string error = await Problem.ReadAsync(response, HttpStatusCode.GatewayTimeout);
        Assert.Equal($"The {service} service at {silent.Url.GetLeftPart(UriPartial.Authority)} did not answer in time.", error);
    }

    [Fact]
    public async Task Invoke_ServiceHangsUpBeforeAnAnswer_Answers502()
    {
        await using Backend control = await Backend.StartAsync(Abort);
        await using GatewayHost gateway = await GatewayHost.StartAsync(new() { ControlUrl = control.Url });

        using HttpResponseMessage response = await gateway.Client.GetAsync("/api/experiments");

        string error = await Problem.ReadAsync(response, HttpStatusCode.BadGateway);
        Assert.Equal($"The control service at {control.Url.GetLeftPart(UriPartial.Authority)} gave no complete answer.", error);
    }

    [Fact]
    public async Task Invoke_ServiceHangsUpWithinAnAnswer_BreaksOffTooInsteadOfEndingIt()
    {
        await using Backend control = await Backend.StartAsync(async context =>
        {
            await context.Response.WriteAsync("half");
            await context.Response.Body.FlushAsync();
            context.Abort();
        });
        await using GatewayHost gateway = await GatewayHost.StartAsync(new() { ControlUrl = control.Url });

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => gateway.Client.GetStringAsync("/api/experiments"));
    }

    private static Task Abort(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }
}
