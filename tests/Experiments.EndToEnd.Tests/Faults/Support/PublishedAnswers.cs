using System.Net;
using System.Text;
using System.Text.Json;
using Experiments.Client.Bucketing;
using Experiments.EndToEnd.Tests.Support;

namespace Experiments.EndToEnd.Tests.Faults.Support;

/// <summary>
/// What users have to be answered by each version: derived here, by the definition of format 1, from what the control server says the version was
/// made of. One that was written and could not be written down (control died, or PostgreSQL was gone, at that moment) is read from the store.
/// </summary>
internal sealed class PublishedAnswers(ControlApi api, string environmentId, string environment)
{
    private const int Buckets = 10_000;

    private readonly Dictionary<long, JsonElement> _experiments = [];

    /// <summary>As <see cref="TextOf"/> puts it.</summary>
    public async Task<string> ExpectedAsync(long version, string userKey)
    {
        if (!_experiments.TryGetValue(version, out JsonElement experiments))
        {
            experiments = _experiments[version] = await ReadAsync(version);
        }

        return string.Join(", ", experiments.EnumerateArray().Select(experiment => $"{Text(experiment, "key")}={VariantOf(experiment, userKey)}"));
    }

    /// <summary>The assignments of an answer: "experiment=variant, ...".</summary>
    public static string TextOf(JsonElement answer) => string.Join(", ", answer.GetProperty("assignments").EnumerateArray()
        .Select(static one => $"{Text(one, "experiment_key")}={Text(one, "variant_key")}"));

    private async Task<JsonElement> ReadAsync(long version)
    {
        JsonElement definitions = (await api.GetAsync($"/environments/{environmentId}/versions/{version}")).GetProperty("definitions");
        if (definitions.ValueKind == JsonValueKind.Object)
        {
            return definitions.GetProperty("experiments");
        }

        using HttpResponseMessage snapshot = await api.RequestAsync(HttpMethod.Get, $"/configs/{environment}/snapshots/{version}.json", null);
        Assert.True(snapshot.StatusCode == HttpStatusCode.OK, $"Version {version} was decided by, and is neither in the database nor in the store.");
        return JsonElement.Parse(await snapshot.Content.ReadAsStringAsync()).GetProperty("experiments");
    }

    private static string VariantOf(JsonElement experiment, string userKey)
    {
        uint bucket = MurmurHash3.Hash(Encoding.UTF8.GetBytes($"{userKey}:{Text(experiment, "salt")}")) % Buckets;
        JsonElement allocation = experiment.GetProperty("allocations").EnumerateArray()
            .First(one => one.GetProperty("rangeStart").GetInt32() <= bucket && bucket <= one.GetProperty("rangeEnd").GetInt32());
        string id = Text(allocation, "variantId");
        return Text(experiment.GetProperty("variants").EnumerateArray().First(variant => Text(variant, "id") == id), "key");
    }

    private static string Text(JsonElement json, string member) => json.GetProperty(member).GetString()!;
}
