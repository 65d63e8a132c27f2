using Experiments.Client.Sources;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Experiments.Client.Tests.Sources;

/// <summary>What the SDK makes of a server's events, over real connections and on a clock that the test moves.</summary>
public sealed class PublishListenerTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly FakeLogger _log = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly HttpClient _http = PublishListener.CreateClient();
    private Task _running = Task.CompletedTask;
    private int _polls;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _http.Dispose();
        _stop.Dispose();
    }

    [Fact]
    public async Task Run_Events_PollOnceAtTheBeginningAndOnceForEachPublish()
    {
        var publish = new SemaphoreSlim(0);
        await using HttpStore store = await HttpStore.StartAsync(async context =>
        {
            await SendAsync(context, "heartbeat");
            await publish.WaitAsync(context.RequestAborted);
            await SendAsync(context, "published");
            await SendAsync(context, "heartbeat");
            await publish.WaitAsync(context.RequestAborted);
            await SendAsync(context, "published");
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        Listen(store.Url + "/api", "a/b");

        await PollsAre(1);
        publish.Release();
        await PollsAre(2);
        publish.Release();
        await PollsAre(3);
        Assert.Equal(["/api/configs/a%2Fb/events"], store.Targets);
        Assert.Empty(_log.Collector.GetSnapshot());
    }

    [Fact]
    public async Task Run_StreamFallsSilent_IsOpenedAgain()
    {
        await using HttpStore store = await HttpStore.StartAsync(async context =>
        {
            await SendAsync(context, "heartbeat");
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        Listen(store.Url, "prod");
        await PollsAre(1);

        await Eventually.HoldsAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromSeconds(5));
                return store.Targets.Count >= 2;
            },
            "it is opened again");

        await PollsAre(2);
        Assert.Contains("nothing was heard for 25 s", _log.Collector.GetSnapshot()[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(404, "text/event-stream", "404")]
    [InlineData(200, "text/html", "not with events")]
    [InlineData(200, "text/event-stream", "the server ended the stream")]
    public async Task Run_NoEvents_IsTriedAgainMoreAndMoreSeldomAndLoggedOnce(int status, string contentType, string problem)
    {
        await using HttpStore store = await HttpStore.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = contentType;
            return Task.CompletedTask;
        });
        Listen(store.Url, "prod");

        await Eventually.HoldsAsync(() => store.Targets.Count == 1, "it is asked once");
        await Eventually.HoldsAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromMilliseconds(100));
                return store.Targets.Count >= 4;
            },
            "it is asked again");

        FakeLogRecord only = Assert.Single(_log.Collector.GetSnapshot());
        Assert.Contains(problem, only.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ServerIsGoneAndBack_SaysBoth()
    {
        bool isBack = false;
        await using HttpStore store = await HttpStore.StartAsync(async context =>
        {
            if (!isBack)
            {
                context.Abort();
                return;
            }

            await SendAsync(context, "heartbeat");
            await SendAsync(context, "heartbeat");
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        Listen(store.Url, "prod");
        await Eventually.HoldsAsync(() => _log.Collector.Count == 1, "it says that there are no events");

        isBack = true;
        await Eventually.HoldsAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                return _log.Collector.Count == 2;
            },
            "it says that there are events again");
        Assert.Contains("again", _log.LatestRecord.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_EveryStreamEndsRightAfterItsStart_IsOneProblem()
    {
        int streams = 0;
        await using HttpStore store = await HttpStore.StartAsync(async context =>
        {
            Interlocked.Increment(ref streams);
            await SendAsync(context, "heartbeat");
        });
        Listen(store.Url, "prod");

        await Eventually.HoldsAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                return Volatile.Read(ref streams) >= 4;
            },
            "it comes again");

        Assert.Contains("ended the stream", Assert.Single(_log.Collector.GetSnapshot()).Message, StringComparison.Ordinal);
    }

    private static async Task SendAsync(HttpContext context, string type)
    {
        if (!context.Response.HasStarted)
        {
            context.Response.ContentType = "text/event-stream";
        }

        await context.Response.WriteAsync($"event: {type}\ndata: prod\n\n");
        await context.Response.Body.FlushAsync();
    }

    private void Listen(string url, string environment)
    {
        var events = new PublishListener(
            environment, new Uri(url), _http, _ =>
            {
                Interlocked.Increment(ref _polls);
                return Task.CompletedTask;
            },
            _time, new Random(1), _log);
        _running = events.RunAsync(_stop.Token);
    }

    private Task PollsAre(int count) => Eventually.HoldsAsync(() => Volatile.Read(ref _polls) == count, $"{count} polls", state: () => $"{_polls} polls");
}
