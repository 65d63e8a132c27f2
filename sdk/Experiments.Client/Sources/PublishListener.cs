using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using Experiments.Client.Snapshots;
using Microsoft.Extensions.Logging;

namespace Experiments.Client.Sources;

/// <summary>
/// Listens to the server-sent events of a control server, and has the poller look at once when one says that something was published. Only a hint:
/// what is live is what the source says, and polling goes on as if there were no events.
/// </summary>
/// <param name="environment">Whose events.</param>
/// <param name="baseUrl">Of a control server, or of a gateway in front of it.</param>
/// <param name="http">From <see cref="CreateClient"/>; whoever made it disposes it, after this has ended. Listeners may share it.</param>
/// <param name="poll">Looks at the source.</param>
/// <param name="time">Of all waits.</param>
/// <param name="random">Of the waits' shift, so that clients which lost their server together do not come back together.</param>
/// <param name="logger">Is told once when events stop and once when they are back.</param>
internal sealed partial class PublishListener(
    string environment, Uri baseUrl, HttpClient http, Func<CancellationToken, Task> poll, TimeProvider time, Random random, ILogger logger)
{
    /// <summary>Event ids of what is logged: hosts that load names which anyone may make up filter it.</summary>
    internal const int LostEventId = 1011;

    /// <inheritdoc cref="LostEventId"/>
    internal const int BackEventId = 1012;

    /// <summary>Servers send something at least every 10 s: a stream that says nothing for this long is dead.</summary>
    internal static readonly TimeSpan SilenceLimit = TimeSpan.FromSeconds(25);

    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(30);

    private readonly Uri _url = SnapshotKeys.UrlOf(baseUrl, SnapshotKeys.Events(environment));
    private int _failures;

    /// <summary>A client for streams that have no end.</summary>
    public static HttpClient CreateClient() => new() { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Listens until cancelled; nothing else ends it.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(cancellationToken);
                Report("the server ended the stream");
            }
#pragma warning disable CA1031 // The loop ends only on cancellation.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                if (cancellationToken.IsCancellationRequested)
                {
                    return;
                }

                Report(exception is OperationCanceledException ? $"nothing was heard for {SilenceLimit.TotalSeconds:0} s" : FailureWords.Of(exception));
            }

            await Task.Delay(NextWait(), time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        using var silence = new CancellationTokenSource(SilenceLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Get, _url);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        using HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
        response.EnsureSuccessStatusCode();
        if (response.Content.Headers.ContentType?.MediaType != "text/event-stream")
        {
            throw new InvalidDataException($"{_url} answers with {response.Content.Headers.ContentType}, not with events");
        }

        await using Stream body = await response.Content.ReadAsStreamAsync(either.Token);

        // What was published before there was somebody to hear it.
        await PollAsync(silence, cancellationToken);
        bool isFirst = true;
        await foreach (SseItem<bool> item in SseParser.Create(body, static (type, _) => type == SnapshotKeys.PublishedEvent).EnumerateAsync(either.Token))
        {
            silence.CancelAfter(SilenceLimit);

            // The first is sent at once, also by a server, or a proxy, that ends every stream right after.
            if (!isFirst)
            {
                ReportHeard();
            }

            isFirst = false;
            if (item.Data)
            {
                await PollAsync(silence, cancellationToken);
            }
        }
    }

    // Nobody listens meanwhile: that is not the stream's silence.
    private async Task PollAsync(CancellationTokenSource silence, CancellationToken cancellationToken)
    {
        silence.CancelAfter(Timeout.InfiniteTimeSpan);
        await poll(cancellationToken);
        silence.CancelAfter(SilenceLimit);
    }

    private TimeSpan NextWait()
    {
        const int MaxDoublings = 6;
        TimeSpan wait = FirstWait * (1 << Math.Min(_failures - 1, MaxDoublings));
        return (wait < MaxWait ? wait : MaxWait) * (0.5 + (random.NextDouble() / 2));
    }

    private void Report(string problem)
    {
        if (_failures++ == 0)
        {
            LogLost(logger, environment, _url, problem);
        }
    }

    private void ReportHeard()
    {
        if (_failures > 0)
        {
            LogBack(logger, environment, _url);
        }

        _failures = 0;
    }

    [LoggerMessage(LostEventId, LogLevel.Warning, "Environment {Environment}: no events from {Url}, only polling: {Problem}")]
    private static partial void LogLost(ILogger logger, string environment, Uri url, string problem);

    [LoggerMessage(BackEventId, LogLevel.Information, "Environment {Environment}: events from {Url} again")]
    private static partial void LogBack(ILogger logger, string environment, Uri url);
}
