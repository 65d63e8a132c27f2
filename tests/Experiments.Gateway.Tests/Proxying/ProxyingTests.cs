using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Experiments.Gateway.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace Experiments.Gateway.Tests.Proxying;

/// <summary>What passes between caller and service: methods, bodies, headers and statuses.</summary>
public class ProxyingTests
{
    [Theory]
    [InlineData("GET", null)]
    [InlineData("POST", "{\"name\":\"é\"}")]
    [InlineData("PUT", "[]")]
    [InlineData("PATCH", "{}")]
    [InlineData("DELETE", null)]
    [InlineData("DELETE", "{\"why\":1}")]
    [InlineData("OPTIONS", null)]
    public async Task Forward_Method_ReachesTheServiceWithItsBody(string method, string? body)
    {
        await using Backend control = await Backend.StartAsync(async context =>
        {
            context.Response.ContentType = context.Request.ContentType;
            await context.Request.Body.CopyToAsync(context.Response.Body, context.RequestAborted);
        });
        await using GatewayHost gateway = await GatewayHost.StartAsync(new() { ControlUrl = control.Url });
        using var request = new HttpRequestMessage(new HttpMethod(method), "/api/experiments/1");
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");

        using HttpResponseMessage response = await gateway.Client.SendAsync(request);

        Assert.Equal(method, Assert.Single(control.Received).Method);
        Assert.Equal(body ?? "", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Forward_Head_AnswersTheHeadersAlone()
    {
        await using Backend control = await Backend.StartAsync(context =>
        {
            context.Response.ContentLength = 1234;
            context.Response.Headers.ETag = "\"v7\"";
            return Task.CompletedTask;
        });
        await using GatewayHost gateway = await GatewayHost.StartAsync(new() { ControlUrl = control.Url });

        using HttpResponseMessage response = await gateway.Client.SendAsync(new(HttpMethod.Head, "/configs/prod/version.json"));

        Assert.Equal("HEAD", Assert.Single(control.Received).Method);
        Assert.Equal(1234, response.Content.Headers.ContentLength);
        Assert.Equal("\"v7\"", response.Headers.ETag?.Tag);
    }

    [Fact]
    public async Task Forward_ConditionalRequest_Passes304()
    {
        await using Backend control = await Backend.StartAsync(context =>
        {
            context.Response.StatusCode = context.Request.Headers.IfNoneMatch == "\"v7\"" ? 304 : 200;
            context.Response.Headers.ETag = "\"v7\"";
            return Task.CompletedTask;
        });
        await using GatewayHost gateway = await GatewayHost.StartAsync(new() { ControlUrl = control.Url });
        using var request = new HttpRequestMessage(HttpMethod.Get, "/configs/prod/version.json");
        request.Headers.IfNoneMatch.Add(new EntityTagHeaderValue("\"v7\""));

        using HttpResponseMessage response = await gateway.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotModified, response.StatusCode);
        Assert.Equal("\"v7\"", response.Headers.ETag?.Tag);
    }

    [Fact]
    public async Task Forward_ResponseHeaders_Pass()
    {
        await using Backend control = await Backend.StartAsync(context =>
        {
            context.Response.Headers["x-publish-attempted"] = "true";
            context.Response.Headers["x-publish-succeeded"] = "false";
            context.Response.Headers["x-publish-error"] = "the bucket is gone";
            context.Response.Headers.AccessControlAllowOrigin = "*";
            context.Response.Headers.SetCookie = new(["a=1", "b=2"]);
            return Task.CompletedTask;
        });
        await using GatewayHost gateway = await GatewayHost.StartAsync(new() { ControlUrl = control.Url });

        using HttpResponseMessage response = await gateway.Client.PatchAsync("/api/experiments/1/status", content: null);

        Assert.Equal("true", Assert.Single(response.Headers.GetValues("x-publish-attempted")));
        Assert.Equal("false", Assert.Single(response.Headers.GetValues("x-publish-succeeded")));
        Assert.Equal("the bucket is gone", Assert.Single(response.Headers.GetValues("x-publish-error")));
        Assert.Equal("*", Assert.Single(response.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.Equal(["a=1", "b=2"], response.Headers.GetValues("Set-Cookie"));
    }

    [Theory]
    [InlineData(HttpStatusCode.Created)]
    [InlineData(HttpStatusCode.Found)]
    [InlineData(HttpStatusCode.UnprocessableEntity)]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.BadGateway)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    public async Task Forward_AnswerOfTheService_PassesUnchanged(HttpStatusCode status)
    {
        await using Backend control = await Backend.StartAsync(async context =>
        {
            context.Response.StatusCode = (int)status;
            context.Response.ContentType = "application/problem+json";
            context.Response.Headers.Location = "/elsewhere";
            await context.Response.WriteAsync("{\"error\":\"as control says\"}");
        });
        await using GatewayHost gateway = await GatewayHost.StartAsync(new() { ControlUrl = control.Url });

        using HttpResponseMessage response = await gateway.Client.GetAsync("/api/experiments");

        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.ToString());
        Assert.Equal("/elsewhere", response.Headers.Location?.OriginalString);
        Assert.Equal("{\"error\":\"as control says\"}", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Forward_Request_AddsForwardedHeadersAndNothingElse()
    {
        await using Backend control = await Backend.StartAsync();
        await using GatewayHost gateway = await GatewayHost.StartAsync(
            new() { ControlUrl = control.Url, TrustedProxies = [IPNetwork.Parse("127.0.0.1/32")] });
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/experiments");
        request.Headers.Add("X-Forwarded-For", "203.0.113.9");
        request.Headers.Add("X-Forwarded-Proto", "https");

        using HttpResponseMessage response = await gateway.Client.SendAsync(request);

        // traceparent is the caller's trace, or a new one, carried on.
        IHeaderDictionary headers = Assert.Single(control.Received).Headers;
        Assert.Equal(
            ["Host", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Prefix", "X-Forwarded-Proto"],
            headers.Keys.Where(name => name != "traceparent").Order(StringComparer.Ordinal));
        Assert.Equal(control.Url.Authority, headers.Host);
        Assert.Equal("203.0.113.9", headers["X-Forwarded-For"]);
        Assert.Equal(gateway.Url.Authority, headers["X-Forwarded-Host"]);
        Assert.Equal("https", headers["X-Forwarded-Proto"]);
    }

    [Fact]
    public async Task Forward_TraceOfTheCaller_IsCarriedOnAlsoWhereNobodyTracesHere()
    {
        const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        await using Backend control = await Backend.StartAsync();
        await using GatewayHost gateway = await GatewayHost.StartAsync(new() { ControlUrl = control.Url });
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/experiments");
        request.Headers.Add("traceparent", $"00-{Trace}-00f067aa0ba902b7-01");
        request.Headers.Add("tracestate", "vendor=1");

        using HttpResponseMessage response = await gateway.Client.SendAsync(request);

        IHeaderDictionary headers = Assert.Single(control.Received).Headers;
        Assert.StartsWith($"00-{Trace}-", headers["traceparent"].ToString(), StringComparison.Ordinal);
        Assert.Equal("vendor=1", headers["tracestate"].ToString());
    }

    [Fact]
    public async Task Forward_ForwardedHeadersOfAStranger_AreReplaced()
    {
        await using Backend control = await Backend.StartAsync();
        await using GatewayHost gateway = await GatewayHost.StartAsync(new() { ControlUrl = control.Url });
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/experiments");
        request.Headers.Add("X-Forwarded-For", "203.0.113.9");
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("X-Forwarded-Host", "evil.example");
        request.Headers.Add("X-Forwarded-Prefix", "/evil");
        request.Headers.Add("X-Original-For", "203.0.113.9");

        using HttpResponseMessage response = await gateway.Client.SendAsync(request);

        IHeaderDictionary headers = Assert.Single(control.Received).Headers;
        Assert.Equal("127.0.0.1", headers["X-Forwarded-For"]);
        Assert.Equal("http", headers["X-Forwarded-Proto"]);
        Assert.Equal(gateway.Url.Authority, headers["X-Forwarded-Host"]);
        Assert.Equal("/api", headers["X-Forwarded-Prefix"]);
        Assert.False(headers.ContainsKey("X-Original-For"));
    }
}
