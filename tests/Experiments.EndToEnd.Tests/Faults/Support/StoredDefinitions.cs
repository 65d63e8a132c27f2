using System.Text.Json;
using Experiments.EndToEnd.Tests.Support;

namespace Experiments.EndToEnd.Tests.Faults.Support;

/// <summary>Experiments and flags of an environment as one text each, of what tests change about them.</summary>
internal static class StoredDefinitions
{
    /// <summary>By key.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> ReadAsync(ControlApi api, string environmentId)
    {
        Dictionary<string, string> states = new(StringComparer.Ordinal);
        foreach (JsonElement experiment in await Pages.ReadAllAsync(api, $"/experiments?environmentId={environmentId}"))
        {
            states.Add(KeyOf(experiment), OfExperiment(experiment.GetProperty("allocations")[1].GetProperty("rangeStart").GetInt32()));
        }

        foreach (JsonElement flag in await Pages.ReadAllAsync(api, $"/flags?environmentId={environmentId}"))
        {
            states.Add(KeyOf(flag), OfFlag(flag.GetProperty("enabled").GetBoolean(), flag.GetProperty("description").GetString()));
        }

        return states;
    }

    public static string OfExperiment(int border) => $"treatment from {border}";

    public static string OfFlag(bool isEnabled, string? description) => $"{(isEnabled ? "on" : "off")}, {description}";

    private static string KeyOf(JsonElement definition) => definition.GetProperty("key").GetString()!;
}
