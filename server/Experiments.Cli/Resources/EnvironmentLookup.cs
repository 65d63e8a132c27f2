using System.Text.Json;
using Experiments.Cli.Api;

namespace Experiments.Cli.Resources;

/// <summary>Finds environments by name.</summary>
internal static class EnvironmentLookup
{
    private const int MaxNamed = 10;

    /// <exception cref="CliException">The server has none of this name.</exception>
    public static async Task<string> FindIdAsync(ApiClient api, string name, CancellationToken cancellation)
    {
        var others = new List<string>();
        await foreach (JsonElement item in ResourceList.ReadAsync(
            api, ResourceKinds.Environments, environmentId: null, ResourceFilter.None, cancellation))
        {
            if (item.Text("name") == name && item.Text("id") is { } id)
            {
                return id;
            }

            others.Add(item.Text("name") ?? "");
        }

        throw CliException.Refused($"there is no environment \"{name}\" on this server{Describe(others)}");
    }

    private static string Describe(List<string> names) => names.Count == 0
        ? "; it has none"
        : $"; it has {string.Join(", ", names.Take(MaxNamed))}{(names.Count > MaxNamed ? ", ..." : "")}";
}
