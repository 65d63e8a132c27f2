using System.Net;
using Experiments.Gateway.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Experiments.Gateway.Tests.Proxying;

/// <summary>Large request bodies: taken, refused by the gateway, refused by the service.</summary>
public class RequestBodyTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Forward_BodyLargerThanTheGatewayTakes_Answers413(bool isChunked)
    {
        await using Backend control = await Backend.StartAsync(ReadBodyAsync);
        await using GatewayHost gateway = await GatewayHost.StartAsync(new() { ControlUrl = control.Url }, app => app.Use(LimitBody(1000)));
        // Small, so that all is sent before Kestrel closes the connection, or the client may miss the answer (dotnet/aspnetcore#23840).
        using HttpRequestMessage request = Upload(1001, isChunked);

        using HttpResponseMessage response = await gateway.Client.SendAsync(request);

        string error = await Problem.ReadAsync(response, HttpStatusCode.RequestEntityTooLarge);
        Assert.Equal("The request's body is larger than the gateway takes.", error);
    }

    [Fact]
    public async Task Forward_BodyLargerThanTheServiceTakes_PassesItsAnswer()
    {
        await using Backend control = await Backend.StartAsync(ReadBodyAsync, app => app.Use(LimitBody(1_000_000)));
        await using GatewayHost gateway = await GatewayHost.StartAsync(new() { ControlUrl = control.Url });
        using HttpRequestMessage request = Upload(10_000_000, isChunked: false);

        using HttpResponseMessage response = await gateway.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Equal("too large, says control", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Forward_LargeBodyThatTheServiceTakes_Passes(bool isChunked)
    {
        await using Backend control = await Backend.StartAsync(ReadBodyAsync);
        await using GatewayHost gateway = await GatewayHost.StartAsync(new() { ControlUrl = control.Url });
        using HttpRequestMessage request = Upload(10_000_000, isChunked);

        using HttpResponseMessage response = await gateway.Client.SendAsync(request);

        Assert.Equal("took 10000000 bytes", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Forward_Impact_MayBeOfAnySize(bool isChunked)
    {
        await using Backend control = await Backend.StartAsync(ReadBodyAsync);
        await using GatewayHost gateway = await GatewayHost.StartAsync(new() { ControlUrl = control.Url }, app => app.Use(LimitBody(1000)));
        using HttpRequestMessage request = Upload(100_000, isChunked, "/api/environments/1/impact");

        using HttpResponseMessage response = await gateway.Client.SendAsync(request);

        Assert.Equal("took 100000 bytes", await response.Content.ReadAsStringAsync());
    }

    private static HttpRequestMessage Upload(int bytes, bool isChunked, string path = "/api/experiments")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(new byte[bytes]) };
        request.Headers.TransferEncodingChunked = isChunked;
        return request;
    }

    private static async Task ReadBodyAsync(HttpContext context)
    {
        try
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            await context.Response.WriteAsync($"took {body.Length} bytes");
        }
        catch (BadHttpRequestException exception)
        {
            context.Response.StatusCode = exception.StatusCode;
            await context.Response.WriteAsync("too large, says control");
        }
    }

    private static Func<HttpContext, RequestDelegate, Task> LimitBody(long maxBytes) => (context, next) =>
    {
        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = maxBytes;
        return next(context);
    };
}
