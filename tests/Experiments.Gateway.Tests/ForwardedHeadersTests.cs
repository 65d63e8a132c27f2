using System.Net;
using Experiments.Gateway.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Experiments.Gateway.Tests;

/// <summary>Which address counts as the client's: the one the host's own endpoints see.</summary>
public class ForwardedHeadersTests
{
    [Theory]
    // Nobody is trusted: the header is ignored.
    [InlineData("", "203.0.113.9", "127.0.0.1")]
    // Loopback is not trusted by itself.
    [InlineData("10.0.0.0/8", "203.0.113.9", "127.0.0.1")]
    [InlineData("127.0.0.1/32", "203.0.113.9", "203.0.113.9")]
    [InlineData("127.0.0.0/8", "2001:db8::7", "2001:db8::7")]
    [InlineData("127.0.0.1/32", "[2001:db8::7]:4711", "2001:db8::7")]
    [InlineData("127.0.0.1/32", "203.0.113.9:4711", "203.0.113.9")]
    [InlineData("127.0.0.1/32", "::ffff:203.0.113.9", "203.0.113.9")]
    // A chain of trusted proxies leads to the client before it; what stands further left is the client's own claim.
    [InlineData("127.0.0.1/32,10.0.0.0/8", "203.0.113.9, 10.0.0.1, 10.0.0.2", "203.0.113.9")]
    [InlineData("127.0.0.1/32,10.0.0.0/8", "198.51.100.1, 203.0.113.9, 10.0.0.2", "203.0.113.9")]
    [InlineData("127.0.0.1/32,10.0.0.0/8", "198.51.100.1, 10.0.0.1, 203.0.113.9", "203.0.113.9")]
    [InlineData("127.0.0.1/32", "198.51.100.1, 203.0.113.9", "203.0.113.9")]
    [InlineData("127.0.0.1/32", "203.0.113.9, unknown", "127.0.0.1")]
    [InlineData("127.0.0.1/32", "", "127.0.0.1")]
    public async Task RemoteAddress_ForwardedFor_IsTheLastAddressNotTrusted(string trusted, string forwardedFor, string expected)
    {
        string[] networks = trusted.Split(',', StringSplitOptions.RemoveEmptyEntries);
        await using GatewayHost gateway = await GatewayHost.StartAsync(
            new() { TrustedProxies = [.. networks.Select(IPNetwork.Parse)] }, MapAddress);
        gateway.Client.DefaultRequestHeaders.TryAddWithoutValidation("X-Forwarded-For", forwardedFor);

        Assert.Equal($"{expected} http", await gateway.Client.GetStringAsync("/api/address"));
    }

    [Theory]
    [InlineData("127.0.0.1/32", "203.0.113.9 https")]
    [InlineData("10.0.0.0/8", "127.0.0.1 http")]
    public async Task Scheme_ForwardedProto_CountsFromTrustedProxiesOnly(string trusted, string expected)
    {
        await using GatewayHost gateway = await GatewayHost.StartAsync(new() { TrustedProxies = [IPNetwork.Parse(trusted)] }, MapAddress);
        gateway.Client.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.9");
        gateway.Client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");

        Assert.Equal(expected, await gateway.Client.GetStringAsync("/api/address"));
    }

    private static void MapAddress(WebApplication app) =>
        app.MapGet("/api/address", (HttpContext context) => $"{context.Connection.RemoteIpAddress} {context.Request.Scheme}");
}
