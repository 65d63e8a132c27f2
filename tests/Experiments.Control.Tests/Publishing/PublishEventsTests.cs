using System.Net;
using System.Net.ServerSentEvents;
using Experiments.Control.Publishing;
using Experiments.Control.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Experiments.Control.Tests.Publishing;

/// <summary>What <c>GET /configs/{environment}/events</c> tells, over real connections.</summary>
public sealed class PublishEventsTests(ControlServer server) : IClassFixture<ControlServer>
{
    [Theory]
    [InlineData("")]
    [InlineData("/api")]
    public async Task Events_SomethingIsPublished_AreSentToThoseOfTheEnvironmentOnly(string prefix)
    {
        string name = $"a/b {prefix.Length}";
        string environmentId = (await server.Api.PostAsync("/environments", new { name })).Expect(HttpStatusCode.Created).Id;
        await using EventReader heard = await EventReader.OpenAsync(server, $"{prefix}/configs/{Uri.EscapeDataString(name)}/events");
        await using EventReader other = await EventReader.OpenAsync(server, $"{prefix}/configs/other/events");
        Assert.Equal(("heartbeat", name), await heard.NextAsync());
        Assert.Equal(("heartbeat", "other"), await other.NextAsync());

        (await server.Api.PostAsync($"/environments/{environmentId}/publish")).Expect(HttpStatusCode.OK);
        Assert.Equal(("published", name), await heard.NextAsync());
        (await server.Api.PostAsync($"/environments/{environmentId}/publish")).Expect(HttpStatusCode.OK);
        Assert.Equal(("published", name), await heard.NextAsync());

        Assert.Equal(("heartbeat", "other"), await other.NextAsync());
    }

    [Fact]
    public async Task Events_ListenerHasGone_IsForgotten()
    {
        PublishEvents events = server.Services.GetRequiredService<PublishEvents>();
        EventReader heard = await EventReader.OpenAsync(server, "/configs/gone/events");
        await heard.NextAsync();
        Assert.True(events.Listeners > 0);

        await heard.DisposeAsync();

        await Eventually.HoldsAsync(() => events.Listeners == 0, "nobody is kept who does not listen");
    }

    [Theory]
    [InlineData("/configs/a/b/events")]
    [InlineData("/configs//events")]
    [InlineData("/configs/0123456789012345678901234567890123456789012345678901234567890123456789/events")]
    [InlineData("/configs/events")]
    public async Task Events_OfNoEnvironment_AreNotFound(string path) => (await server.Api.GetAsync(path)).Expect(HttpStatusCode.NotFound);

    [Fact]
    public async Task Stop_SomebodyListens_DoesNotWaitForThem()
    {
        using TempDirectory directory = new();
        await using ControlServer stopped = await ControlServer.StartAsync(directory);
        await using EventReader heard = await EventReader.OpenAsync(stopped, "/configs/prod/events");
        await heard.NextAsync();

        await stopped.DisposeAsync();

        Assert.Null(await heard.NextAsync());
    }

    private sealed class EventReader : IAsyncDisposable
    {
        private readonly HttpResponseMessage _response;
        private readonly IAsyncEnumerator<SseItem<string>> _items;

        private EventReader(HttpResponseMessage response, Stream body) =>
            (_response, _items) = (response, SseParser.Create(body).EnumerateAsync().GetAsyncEnumerator());

        public static async Task<EventReader> OpenAsync(ControlServer server, string path)
        {
            HttpResponseMessage response = await server.Api.Http.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
            Assert.Equal("*", response.Headers.GetValues("Access-Control-Allow-Origin").Single());
            return new EventReader(response, await response.Content.ReadAsStreamAsync());
        }

        /// <summary>Null where the stream has ended.</summary>
        public async Task<(string Type, string Data)?> NextAsync()
        {
            try
            {
                return await _items.MoveNextAsync() ? (_items.Current.EventType, _items.Current.Data) : null;
            }
            catch (Exception exception) when (exception is IOException or HttpRequestException)
            {
                return null;
            }
        }

        public ValueTask DisposeAsync()
        {
            _response.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
