using System.Net;
using System.Net.WebSockets;
using System.Text;
using Experiments.Gateway.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Experiments.Gateway.Tests.Proxying;

/// <summary>A gateway that stops does not wait for what never ends by itself.</summary>
public sealed class ProxiedStreamsTests
{
    private const string Event = "data: 1\n\n";

    // Well below the 30 s after which a host gives up on its requests.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Stop_EventStreamIsOpen_EndsIt()
    {
        await using Backend control = await Backend.StartAsync(context => SendEventsAsync(context, next: null));
        await using GatewayHost gateway = await GatewayHost.StartAsync(new() { ControlUrl = control.Url });
        using HttpResponseMessage response = await gateway.Client.GetAsync("/configs/prod/events", HttpCompletionOption.ResponseHeadersRead);
        await using Stream events = await response.Content.ReadAsStreamAsync();
        Assert.Equal(Event, await ReadEventAsync(events));

        await gateway.StopAsync().WaitAsync(Patience);

        await Assert.ThrowsAnyAsync<IOException>(() => ReadEventAsync(events));
    }

    [Fact]
    public async Task Stop_EventStreamIsOpen_GoesOnUntilTheDrainIsOver()
    {
        var drain = new HeldDrain();
        var next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using Backend control = await Backend.StartAsync(context => SendEventsAsync(context, next));
        await using GatewayHost gateway = await GatewayHost.StartAsync(
            new() { ControlUrl = control.Url }, services: services => services.AddSingleton<IHostedService>(drain));
        using HttpResponseMessage response = await gateway.Client.GetAsync("/configs/prod/events", HttpCompletionOption.ResponseHeadersRead);
        await using Stream events = await response.Content.ReadAsStreamAsync();
        Assert.Equal(Event, await ReadEventAsync(events));

        Task stopped = gateway.StopAsync();
        await drain.Begun.WaitAsync(Patience);
        next.SetResult();
        Assert.Equal(Event, await ReadEventAsync(events));
        drain.End();

        await stopped.WaitAsync(Patience);
    }

    [Fact]
    public async Task Stop_WebSocketIsOpen_EndsIt()
    {
        await using Backend control = await Backend.StartAsync(HoldSocketAsync, app => app.UseWebSockets());
        await using GatewayHost gateway = await GatewayHost.StartAsync(new() { ControlUrl = control.Url, ForwardOtherPaths = true });
        using var socket = new ClientWebSocket();
        using var deadline = new CancellationTokenSource(Patience);
        await socket.ConnectAsync(new UriBuilder(gateway.Target("/_blazor")) { Scheme = "ws" }.Uri, deadline.Token);

        await gateway.StopAsync().WaitAsync(Patience);

        await Assert.ThrowsAnyAsync<WebSocketException>(async () => await socket.ReceiveAsync(new byte[16].AsMemory(), deadline.Token));
    }

    [Fact]
    public async Task Stop_OrdinaryRequestIsUnderWay_IsAnswered()
    {
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using Backend control = await Backend.StartAsync(async context =>
        {
            await answer.Task.WaitAsync(context.RequestAborted);
            await context.Response.WriteAsync("done");
        });
        await using GatewayHost gateway = await GatewayHost.StartAsync(new() { ControlUrl = control.Url });
        Task<HttpResponseMessage> asked = gateway.Client.GetAsync("/api/experiments");
        await Eventually.HoldsAsync(() => !control.Received.IsEmpty, "the request");

        Task stopped = gateway.StopAsync();
        answer.SetResult();
        using HttpResponseMessage response = await asked;

        Assert.Equal((HttpStatusCode.OK, "done"), (response.StatusCode, await response.Content.ReadAsStringAsync()));
        await stopped.WaitAsync(Patience);
    }

    private static async Task<string> ReadEventAsync(Stream events)
    {
        byte[] read = new byte[Event.Length];
        await events.ReadExactlyAsync(read);
        return Encoding.UTF8.GetString(read);
    }

    private static async Task SendEventsAsync(HttpContext context, TaskCompletionSource? next)
    {
        context.Response.ContentType = "text/event-stream";
        await context.Response.WriteAsync(Event);
        await context.Response.Body.FlushAsync();
        if (next is not null)
        {
            await next.Task.WaitAsync(context.RequestAborted);
            await context.Response.WriteAsync(Event);
            await context.Response.Body.FlushAsync();
        }

        await new TaskCompletionSource().Task.WaitAsync(context.RequestAborted);
    }

    private static async Task HoldSocketAsync(HttpContext context)
    {
        using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync();
        await new TaskCompletionSource().Task.WaitAsync(context.RequestAborted);
    }
}
