using System.Net;
using Experiments.EndToEnd.Tests.Faults.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Experiments.EndToEnd.Tests.Faults;

/// <summary>The proxy does what the fault matrix says that it does.</summary>
public sealed class TcpProxyTests : IAsyncLifetime
{
    private readonly int _port = FreePort.Next();
    private readonly TcpProxy _proxy;
    private readonly HttpClient _http = new();
    private WebApplication? _server;
    private int _requests;

    public TcpProxyTests() => _proxy = new TcpProxy(_port);

    public async Task InitializeAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{_port}");
        _server = builder.Build();
        _server.Run(async context =>
        {
            Interlocked.Increment(ref _requests);
            await context.Request.Body.CopyToAsync(context.Response.Body);
        });
        await _server.StartAsync();
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _proxy.DisposeAsync();
        await _server!.DisposeAsync();
    }

    [Fact]
    public async Task Proxy_WithoutFault_PassesBothWays()
    {
        byte[] body = new byte[1_000_000];
        Random.Shared.NextBytes(body);

        Assert.Equal(body, await PostAsync(body));
        Assert.Equal(body, await PostAsync(body));
    }

    [Fact]
    public async Task Refuse_UntilAccept_ConnectionsFail()
    {
        await PostAsync([1]);
        _proxy.Refuse();
        await Assert.ThrowsAsync<HttpRequestException>(() => PostAsync([2]));
        _proxy.Accept();

        Assert.Equal([3], await PostAsync([3]));
        Assert.Equal(2, _requests);
    }

    [Fact]
    public async Task Delay_TwoCallsOnOneConnection_HoldsUpEach()
    {
        _proxy.Delay = TimeSpan.FromMilliseconds(50);
        long start = TimeProvider.System.GetTimestamp();
        await PostAsync([1]);
        await PostAsync([2]);

        Assert.True(TimeProvider.System.GetElapsedTime(start) >= TimeSpan.FromMilliseconds(90)); // of two waits of 50 ms: a timer may be a little early
    }

    [Fact]
    public async Task AnswerInPlace_SomeCalls_TheServerDoesNotSeeThem()
    {
        _proxy.AnswerInPlace = static call => call.Span.StartsWith("PUT "u8) ? "HTTP/1.1 507 Full\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray() : null;
        using HttpResponseMessage refused = await _http.PutAsync(new Uri(_proxy.Url), new ByteArrayContent(new byte[100_000]));

        Assert.Equal(HttpStatusCode.InsufficientStorage, refused.StatusCode);
        Assert.Equal([1], await PostAsync([1]));
        Assert.Equal(1, _requests);
    }

    private async Task<byte[]> PostAsync(byte[] body)
    {
        using HttpResponseMessage response = await _http.PostAsync(new Uri(_proxy.Url), new ByteArrayContent(body));
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsByteArrayAsync();
    }
}
