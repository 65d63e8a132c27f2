using System.Net;
using Experiments.Gateway.Tests.Support;

namespace Experiments.Gateway.Tests.Proxying;

public class RawTargetTransformTests
{
    [Theory]
    [InlineData("/my%20env/version.json")]
    [InlineData("/a%2Fb/version.json")]
    [InlineData("/a%2fb/version.json")]
    [InlineData("/%252E%252E/version.json")]
    [InlineData("/100%25/version.json")]
    [InlineData("/50%/version.json")]
    [InlineData("/%C3%A9/%e2%82%ac")]
    [InlineData("/%C3%28")]
    [InlineData("/~a-b_c.d!$&'()*+,;=:@")]
    [InlineData("/%7Ea%2Db")]
    [InlineData("/a\"<>|^`{}\\b")]
    [InlineData("/a//b///")]
    [InlineData("//a")]
    [InlineData("/...")]
    [InlineData("/.hidden")]
    [InlineData("/%2Ehidden")]
    [InlineData("/a;p=1?q=a+b%20c&q=%2B&&=?/../%2E%2E")]
    [InlineData("/a?context=%7B%22k%22%3A%22v%22%7D&raw={\"k\":\"v\"}")]
    [InlineData("/a#b?c")]
    [InlineData("/a?")]
    public async Task Apply_OddTarget_ReachesTheBackendByteForByte(string rest)
    {
        await using Backend control = await Backend.StartAsync();
        await using GatewayHost gateway = await GatewayHost.StartAsync(new() { ControlUrl = control.Url });

        using HttpResponseMessage asIs = await gateway.Client.GetAsync(gateway.Target("/configs" + rest));
        using HttpResponseMessage stripped = await gateway.Client.GetAsync(gateway.Target("/api" + rest));

        Assert.Equal(["/configs" + rest, rest], control.Received.Select(request => request.Target));
    }

    [Theory]
    [InlineData("/api/%2E%2E/api/experiments", "/experiments")]
    [InlineData("/api/decide/../experiments%2F", "/experiments%2F")]
    [InlineData("/x/../api/a%2Fb/./c", "/a%2Fb/c")]
    [InlineData("/api/a/..", "/")]
    [InlineData("/api/a/%2e", "/a/")]
    [InlineData("/configs/%2E%2E/configs/my%20env", "/configs/my%20env")]
    [InlineData("/../../configs/a", "/configs/a")]
    public async Task Apply_DotSegments_GoToThePathThatWasRouted(string target, string expected)
    {
        await using Backend control = await Backend.StartAsync();
        await using GatewayHost gateway = await GatewayHost.StartAsync(new() { ControlUrl = control.Url });

        using HttpResponseMessage response = await gateway.Client.GetAsync(gateway.Target(target));

        Assert.Equal(expected, Assert.Single(control.Received).Target);
    }

    [Fact]
    public async Task Apply_DotSegmentsIntoDecide_AreLimitedLikeDecide()
    {
        await using Backend decide = await Backend.StartAsync();
        await using GatewayHost gateway = await GatewayHost.StartAsync(new() { DecideUrls = [decide.Url] });

        using HttpResponseMessage response = await gateway.Client.GetAsync(gateway.Target("/api/x/%2E%2E/%64ecide?user_key=u"));

        Assert.Equal("/%64ecide?user_key=u", Assert.Single(decide.Received).Target);
        Assert.True(response.Headers.Contains("x-ratelimit-limit"));
    }

    [Fact]
    public async Task Apply_AbsoluteForm_IsForwardedAsAPath()
    {
        await using Backend control = await Backend.StartAsync();
        await using GatewayHost gateway = await GatewayHost.StartAsync(new() { ControlUrl = control.Url });
        using var throughProxy = new HttpClient(new SocketsHttpHandler { Proxy = new WebProxy(gateway.Url), UseProxy = true });

        using HttpResponseMessage response = await throughProxy.GetAsync("http://experiments.example/api/my%20env?x=%2F");

        Assert.Equal("/my%20env?x=%2F", Assert.Single(control.Received).Target);
    }

    [Theory]
    [InlineData("/api/decide?context=")]
    [InlineData("/configs/")]
    public async Task Apply_Target64KiBLong_Passes(string start)
    {
        await using Backend backend = await Backend.StartAsync();
        await using GatewayHost gateway = await GatewayHost.StartAsync(new() { ControlUrl = backend.Url, DecideUrls = [backend.Url] });
        int longest = (64 * 1024) - "GET  HTTP/1.1\r\n".Length;
        string target = start + new string('x', longest - start.Length);

        using HttpResponseMessage response = await gateway.Client.GetAsync(gateway.Target(target));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        string received = Assert.Single(backend.Received).Target;
        Assert.EndsWith(received, target, StringComparison.Ordinal);
        Assert.InRange(received.Length, longest - "/api".Length, longest);
    }
}
