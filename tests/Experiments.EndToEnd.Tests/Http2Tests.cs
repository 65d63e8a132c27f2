using System.Net;
using Experiments.EndToEnd.Tests.Support;
using Xunit.Abstractions;

namespace Experiments.EndToEnd.Tests;

/// <summary>A decide node with an address for HTTP/2 without TLS beside the other one, as in <c>docker-compose.yml</c>.</summary>
public sealed class Http2Tests(ITestOutputHelper log)
{
    [Theory]
    [InlineData(ProductProgram.Decide)]
    [InlineData(ProductProgram.DecideNative)]
    public async Task Decide_TwoAddresses_EachSpeaksItsOwnProtocolAndTheGatewayUsesTheSecond(ProductProgram program)
    {
        await using var decide = new ProductProcess(program, [], log);
        string http2Url = $"http://127.0.0.1:{FreePort.Next()}";
        await File.WriteAllTextAsync(
            Path.Combine(decide.ContentRoot, "appsettings.json"),
            $$"""
            {
              "Kestrel:Endpoints:h2c:Url": "{{http2Url}}",
              "Kestrel:Endpoints:h2c:Protocols": "Http2",
              "Kestrel:Endpoints:http:Url": "{{decide.Url}}"
            }
            """);
        await decide.StartAsync();

        // What is suggested to type works: curl speaks HTTP/1.1 by itself.
        await Eventually.HoldsAsync(
            () => decide.Output.ToString().Contains($"Try: curl '{decide.Url}/decide", StringComparison.Ordinal), "the first lines of the program");
        Assert.Equal((HttpStatusCode.OK, HttpVersion.Version20), await AskAsync(decide.Http, $"{http2Url}/health", HttpVersion.Version20));
        Assert.Equal((HttpStatusCode.OK, HttpVersion.Version11), await AskAsync(decide.Http, $"{decide.Url}/health", HttpVersion.Version11));
        Assert.Equal((HttpStatusCode.BadRequest, HttpVersion.Version11), await AskAsync(decide.Http, $"{http2Url}/health", HttpVersion.Version11));

        // No control server is there, so the gateway is not healthy; it decides all the same.
        await using var gateway = new ProductProcess(ProductProgram.Server, [("Roles", "gateway"), ("Gateway:DecideUrl", http2Url), ("Gateway:DecideHttp2", "true")], log);
        await gateway.LaunchAsync();
        string answer = await Eventually.ReadAsync(
            async cancellation =>
            {
                using HttpResponseMessage response = await gateway.Http.GetAsync(new Uri("/api/decide?user_key=u&env=prod", UriKind.Relative), cancellation);
                return await response.Content.ReadAsStringAsync(cancellation);
            },
            static body => body.Length > 0,
            "an answer of the gateway");
        using HttpResponseMessage direct = await decide.Http.GetAsync(new Uri("/decide?user_key=u&env=prod", UriKind.Relative));
        Assert.Equal(await direct.Content.ReadAsStringAsync(), answer);
    }

    private static async Task<(HttpStatusCode Status, Version Version)> AskAsync(HttpClient http, string url, Version version)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url) { Version = version, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        using HttpResponseMessage response = await http.SendAsync(request);
        return (response.StatusCode, response.Version);
    }
}
