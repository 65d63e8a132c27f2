using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;

namespace Experiments.EndToEnd.Tests.Faults.Support;

/// <summary>Callers that ask for decisions all the time, each at a steady pace, and note every answer. Ends with <see cref="StopAsync"/>.</summary>
internal sealed class DecideLoad : IDisposable
{
    private const int Callers = 4;
    private const int Users = 16;

    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(10);

    private readonly ConcurrentDictionary<(long Version, string User), string> _answers = new();
    private readonly ConcurrentQueue<string> _failures = new();
    private readonly ConcurrentQueue<string> _contradictions = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task[] _callers;

    /// <param name="http">Of the gateway.</param>
    /// <param name="environment">That is decided for.</param>
    public DecideLoad(HttpClient http, string environment) =>
        _callers = [.. Enumerable.Range(0, Callers).Select(caller => Task.Run(() => RunAsync(http, environment, caller)))];

    public Latencies Latencies { get; } = new();

    /// <summary>What was answered with another status than 200, or not at all.</summary>
    public IReadOnlyCollection<string> Failures => _failures;

    /// <summary>Waits for what was asked already.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_callers);
    }

    /// <summary>Answers that are not what their version says, or that two nodes gave differently.</summary>
    public async Task<IReadOnlyList<string>> FindWrongAsync(PublishedAnswers published)
    {
        List<string> wrong = [.. _contradictions];
        foreach (((long version, string user), string answer) in _answers)
        {
            if (await published.ExpectedAsync(version, user) is var expected && expected != answer)
            {
                wrong.Add($"Version {version}, {user}: {answer} instead of {expected}");
            }
        }

        return wrong;
    }

    public void Dispose() => _stop.Dispose();

    private async Task RunAsync(HttpClient http, string environment, int caller)
    {
        using var timer = new PeriodicTimer(Pace);
        for (int i = caller; !_stop.IsCancellationRequested; i++)
        {
            await AskAsync(http, environment, $"user-{i % Users}");
            await timer.WaitForNextTickAsync();
        }
    }

    private async Task AskAsync(HttpClient http, string environment, string user)
    {
        long start = TimeProvider.System.GetTimestamp();
        try
        {
            using HttpResponseMessage response = await http.GetAsync(new Uri($"/api/decide?env={environment}&user_key={user}", UriKind.Relative));
            string body = await response.Content.ReadAsStringAsync();
            if (response.StatusCode != HttpStatusCode.OK)
            {
                _failures.Enqueue($"{(int)response.StatusCode} {body}");
                return;
            }

            JsonElement answer = JsonElement.Parse(body);
            long version = answer.GetProperty("config_version").GetInt64();
            string assignments = PublishedAnswers.TextOf(answer);
            if (_answers.GetOrAdd((version, user), assignments) is var other && other != assignments)
            {
                _contradictions.Enqueue($"Version {version}, {user}: {assignments} and {other}");
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            _failures.Enqueue(exception.ToString());
        }
        finally
        {
            Latencies.Add(TimeProvider.System.GetElapsedTime(start));
        }
    }
}
