using System.Text.Json;
using Experiments.EndToEnd.Tests.Support;

namespace Experiments.EndToEnd.Tests.Faults.Support;

/// <summary>Somebody who makes, edits and deletes flags and moves the border of an experiment of their own, through one server or the other as it falls.
/// All edit one flag that they share, too, where some of them come too late.</summary>
internal sealed class ChaosClient
{
    private const string Shared = "shared";
    private const int MaxFlags = 8;
    private const int Buckets = 10_000;

    private readonly ControlPair _pair;
    private readonly int _number;
    private readonly Random _random;
    private readonly EditedExperiment _experiment;
    private readonly string _sharedId;
    private readonly List<(string Key, string Id)> _flags = [];
    private int _step;

    private ChaosClient(ControlPair pair, int number, int seed, EditedExperiment experiment, string sharedId)
    {
        _pair = pair;
        _number = number;
        _random = new Random(seed + number);
        _experiment = experiment;
        _sharedId = sharedId;
    }

    /// <summary>Clients with what they need, while both servers are well.</summary>
    public static async Task<IReadOnlyList<ChaosClient>> CreateAsync(ControlPair pair, int count, int seed)
    {
        string sharedId = ControlApi.IdOf(await pair.Api.PostAsync("/flags", JsonSerializer.Serialize(NewFlag(pair, Shared))));
        return await Task.WhenAll(Enumerable.Range(0, count).Select(async number => new ChaosClient(
            pair, number, seed, await EditedExperiment.CreateAsync(pair.Api, pair.Servers[0].Http, pair.EnvironmentId, $"experiment-{number}"), sharedId)));
    }

    /// <summary>Until so many were acknowledged, of all clients together.</summary>
    public async Task RunAsync(int mutations)
    {
        while (_pair.Ledger.Acknowledged < mutations)
        {
            HttpClient http = _pair.Servers[_random.Next(_pair.Servers.Count)].Http;
            await (_random.Next(10) switch
            {
                0 or 1 or 2 when _flags.Count < MaxFlags => CreateFlagAsync(http),
                3 or 4 or 5 when _flags.Count > 0 => EditFlagAsync(http, _flags[_random.Next(_flags.Count)]),
                6 when _flags.Count > 0 => DeleteFlagAsync(http, _random.Next(_flags.Count)),
                7 => EditFlagAsync(http, (Shared, _sharedId)),
                _ => _experiment.EditAsync(http, _pair.Ledger, _random.Next(1, Buckets)),
            });
        }
    }

    private async Task CreateFlagAsync(HttpClient http)
    {
        string key = $"flag-{_number}-{++_step}";
        if (await _pair.Ledger.SendAsync(http, HttpMethod.Post, "/flags", NewFlag(_pair, key), key, StoredDefinitions.OfFlag(isEnabled: true, key)) is { } flag)
        {
            _flags.Add((key, ControlApi.IdOf(flag)));
        }
    }

    private async Task EditFlagAsync(HttpClient http, (string Key, string Id) flag)
    {
        if (await ReadRevisionAsync(http, flag.Id) is not { } revision)
        {
            return;
        }

        bool enabled = _random.Next(2) == 0;
        string description = $"{_number}-{++_step}";
        await _pair.Ledger.SendAsync(
            http, HttpMethod.Patch, $"/flags/{flag.Id}", new { enabled, description }, flag.Key, StoredDefinitions.OfFlag(enabled, description), revision);
    }

    // Whether an unanswered one was made is for the audit log to say: nobody edits the flag any more.
    private async Task DeleteFlagAsync(HttpClient http, int index)
    {
        (string key, string id) = _flags[index];
        _flags.RemoveAt(index);
        await _pair.Ledger.SendAsync(http, HttpMethod.Delete, $"/flags/{id}", null, key, state: null);
    }

    private static async Task<long?> ReadRevisionAsync(HttpClient http, string id)
    {
        try
        {
            using HttpResponseMessage response = await http.GetAsync(new Uri($"/api/flags/{id}", UriKind.Relative));
            return response.IsSuccessStatusCode ? long.Parse(response.Headers.ETag!.Tag.Trim('"')) : null;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            return null;
        }
    }

    private static object NewFlag(ControlPair pair, string key) => new
    {
        key,
        description = key,
        environmentId = pair.EnvironmentId,
        type = "boolean",
        enabled = true,
        @default = "on",
        off = "off",
        variants = new object[] { new { key = "on", value = true }, new { key = "off", value = false } },
    };
}
