using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Experiments.EndToEnd.Tests.Support;

namespace Experiments.EndToEnd.Tests.Faults.Support;

/// <summary>Makes mutations, remembers what was answered, and compares in the end with what the store holds. Thread-safe.</summary>
internal sealed class MutationLedger
{
    private readonly ConcurrentDictionary<string, Mutation> _mutations = new(StringComparer.Ordinal);
    private int _last;
    private int _acknowledged;

    public int Acknowledged => Volatile.Read(ref _acknowledged);

    public IReadOnlyCollection<Mutation> Mutations => [.. _mutations.Values];

    /// <summary>Those that were not made as far as their callers know, by what they were answered: "503: 12, 504: 1".</summary>
    public string Failures => string.Join(", ", _mutations.Values.Where(static one => one.Outcome != MutationOutcome.Acknowledged)
        .GroupBy(static one => one.Answer, StringComparer.Ordinal).OrderBy(static answers => answers.Key, StringComparer.Ordinal)
        .Select(static answers => $"{answers.Key}: {answers.Count()}"));

    /// <summary>Makes one.</summary>
    /// <param name="key">Of the experiment or flag that it changes.</param>
    /// <param name="state">What that is afterwards; null where it is gone.</param>
    /// <param name="revision">That it must have (<c>If-Match</c>); null is any.</param>
    /// <returns>The answer where it was acknowledged, else null.</returns>
    public async Task<JsonElement?> SendAsync(
        HttpClient http, HttpMethod method, string path, object? body, string key, string? state, long? revision = null)
    {
        string reason = string.Create(CultureInfo.InvariantCulture, $"m-{Interlocked.Increment(ref _last)}");
        Mutation mutation = _mutations[reason] = new Mutation(reason, key, state);
        using HttpRequestMessage request = new(method, "/api" + path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Add("x-reason", reason);
        if (revision is { } expected)
        {
            request.Headers.IfMatch.Add(new($"\"{expected}\""));
        }

        try
        {
            using HttpResponseMessage response = await http.SendAsync(request);
            return Note(mutation, response, await response.Content.ReadAsStringAsync());
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            mutation.Answer = exception.GetType().Name;
            return null;
        }
    }

    /// <summary>Those that were acknowledged and are not in the audit log.</summary>
    public async Task<IReadOnlyList<Mutation>> FindLostAsync(ControlApi api, string environmentId)
    {
        HashSet<string> made = [.. (await AuditTrail.ReadAsync(api, environmentId)).Select(static entry => entry.Reason)];
        return [.. _mutations.Values.Where(one => one.Outcome == MutationOutcome.Acknowledged && !made.Contains(one.Reason))];
    }

    /// <summary>
    /// Each that was acknowledged is in the audit log, once; none that was refused is; of the others each was made or not; and each experiment and
    /// flag is as the last one that was made has left it. Waits for that: a server that hung carries out what it was asked before, whether anybody
    /// still waits for the answer or not. What is lost does not come back by waiting.
    /// </summary>
    /// <returns>How many that nobody was told of were made all the same.</returns>
    public async Task<int> CheckAsync(ControlApi api, string environmentId)
    {
        int madeUnknown = 0;
        await Eventually.PassesAsync(
            async () => madeUnknown = await CheckOnceAsync(api, environmentId), "the store as the mutations have left it", TimeSpan.FromMinutes(2));
        return madeUnknown;
    }

    private async Task<int> CheckOnceAsync(ControlApi api, string environmentId)
    {
        IReadOnlyList<(string Reason, string Key)> made = await AuditTrail.ReadAsync(api, environmentId);
        var times = made.GroupBy(static entry => entry.Reason, StringComparer.Ordinal)
            .ToDictionary(static entries => entries.Key, static entries => entries.Count(), StringComparer.Ordinal);
        Dictionary<string, string?> expected = new(StringComparer.Ordinal);
        foreach ((string reason, string key) in made)
        {
            Mutation mutation = _mutations[reason];
            Assert.Equal(mutation.Key, key);
            expected[key] = mutation.State;
        }

        Assert.DoesNotContain(_mutations.Values, one => times.GetValueOrDefault(one.Reason) switch
        {
            0 => one.Outcome == MutationOutcome.Acknowledged, // Lost.
            1 => one.Outcome == MutationOutcome.Refused, // Made all the same.
            _ => true, // Made twice.
        });
        IReadOnlyDictionary<string, string> stored = await StoredDefinitions.ReadAsync(api, environmentId);
        Assert.All(expected, one => Assert.Equal((one.Key, one.Value), (one.Key, stored.GetValueOrDefault(one.Key))));
        return _mutations.Values.Count(one => one.Outcome == MutationOutcome.Unknown && times.ContainsKey(one.Reason));
    }

    private JsonElement? Note(Mutation mutation, HttpResponseMessage response, string body)
    {
        mutation.Answer = ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture);
        if (response.IsSuccessStatusCode)
        {
            mutation.Outcome = MutationOutcome.Acknowledged;
            mutation.IsUnpublished = response.Headers.TryGetValues("x-publish-error", out _);
            Interlocked.Increment(ref _acknowledged);
            return JsonElement.Parse(body);
        }

        // Clear to whoever asked: a problem document with a sentence.
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.NotEmpty(JsonElement.Parse(body).GetProperty("error").GetString()!);
        mutation.Outcome = (int)response.StatusCode < 500 ? MutationOutcome.Refused : MutationOutcome.Unknown;
        return null;
    }
}
