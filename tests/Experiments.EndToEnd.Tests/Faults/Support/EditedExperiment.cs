using System.Net;
using System.Text.Json;
using Experiments.EndToEnd.Tests.Support;

namespace Experiments.EndToEnd.Tests.Faults.Support;

/// <summary>
/// A running experiment whose border between <c>control</c> and <c>treatment</c> one caller moves. Each edit names the revision that it was made
/// for, so that one whose answer was lost cannot be carried out late, over an edit that was acknowledged after it.
/// </summary>
internal sealed class EditedExperiment
{
    private readonly string _id;
    private readonly string[] _variantIds;
    private long _revision;

    private EditedExperiment(string key, string id, JsonElement experiment)
    {
        Key = key;
        _id = id;
        _variantIds = [.. experiment.GetProperty("variants").EnumerateArray().Select(ControlApi.IdOf)];
    }

    public string Key { get; }

    /// <summary>Buckets below <paramref name="border"/> get control.</summary>
    public static async Task<EditedExperiment> CreateAsync(ControlApi api, HttpClient http, string environmentId, string key)
    {
        string id = await api.CreateRunningExperimentAsync(environmentId, key);
        EditedExperiment created = new(key, id, await api.GetAsync($"/experiments/{id}"));
        await created.ReadRevisionAsync(http);
        return created;
    }

    /// <summary>Moves the border, in one attempt.</summary>
    public async Task<bool> EditAsync(HttpClient http, MutationLedger ledger, int border)
    {
        object body = JsonElement.Parse(ControlApi.AllocationsOf(_variantIds[0], _variantIds[1], border));
        bool isMade = await ledger.SendAsync(
            http, HttpMethod.Put, $"/experiments/{_id}/allocations", body, Key, StoredDefinitions.OfExperiment(border), _revision) is not null;
        if (isMade)
        {
            _revision++;
        }
        else
        {
            await ReadRevisionAsync(http);
        }

        return isMade;
    }

    // What cannot be read stays as it is: the next edit is then refused, or fails as this read did.
    private async Task ReadRevisionAsync(HttpClient http)
    {
        try
        {
            using HttpResponseMessage response = await http.GetAsync(new Uri($"/api/experiments/{_id}", UriKind.Relative));
            if (response.StatusCode == HttpStatusCode.OK)
            {
                _revision = long.Parse(response.Headers.ETag!.Tag.Trim('"'));
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
        }
    }
}
