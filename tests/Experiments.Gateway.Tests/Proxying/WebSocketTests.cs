using System.Net.WebSockets;
using System.Text;
using Experiments.Gateway.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Experiments.Gateway.Tests.Proxying;

public class WebSocketTests
{
    [Fact]
    public async Task Forward_WebSocketOnAnotherPath_CarriesMessagesBothWaysAndTheClose()
    {
        await using Backend control = await Backend.StartAsync(EchoAsync, app => app.UseWebSockets());
        await using GatewayHost gateway = await GatewayHost.StartAsync(new() { ControlUrl = control.Url, ForwardOtherPaths = true });
        using var socket = new ClientWebSocket();
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await socket.ConnectAsync(new UriBuilder(gateway.Target("/_blazor?id=a%2Fb")) { Scheme = "ws" }.Uri, deadline.Token);

        await socket.SendAsync(Encoding.UTF8.GetBytes("hello"), WebSocketMessageType.Text, endOfMessage: true, deadline.Token);
        byte[] buffer = new byte[16];
        ValueWebSocketReceiveResult received = await socket.ReceiveAsync(buffer.AsMemory(), deadline.Token);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "done", deadline.Token);

        Assert.Equal("hello", Encoding.UTF8.GetString(buffer, 0, received.Count));
        Assert.Equal(WebSocketCloseStatus.NormalClosure, socket.CloseStatus);
        Assert.Equal("/_blazor?id=a%2Fb", Assert.Single(control.Received).Target);
    }

    private static async Task EchoAsync(HttpContext context)
    {
        using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync();
        byte[] buffer = new byte[16];
        WebSocketReceiveResult received = await socket.ReceiveAsync(buffer, context.RequestAborted);
        while (received.MessageType != WebSocketMessageType.Close)
        {
            await socket.SendAsync(buffer.AsMemory(0, received.Count), received.MessageType, received.EndOfMessage, context.RequestAborted);
            received = await socket.ReceiveAsync(buffer, context.RequestAborted);
        }

        await socket.CloseAsync(received.CloseStatus!.Value, received.CloseStatusDescription, context.RequestAborted);
    }
}
