using System.Text.Json;
using Experiments.Cli.Api;

namespace Experiments.Cli.Resources;

/// <summary>Finds one resource by its key, its name or its id.</summary>
internal sealed class ResourceLookup(ApiClient api, ResourceKind kind)
{
    /// <param name="identity">A key or name of the environment, or an id.</param>
    /// <param name="environmentName">May be null for an id; an id of another environment is not found.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="CliException">There is none, or a key comes without an environment.</exception>
    public async Task<JsonElement> FindAsync(string identity, string? environmentName, CancellationToken cancellation)
    {
        bool isId = Guid.TryParseExact(identity, "D", out _);
        if (environmentName is null && !isId)
        {
            throw CliException.Usage(
                $"\"{identity}\" is a {kind.Identity}: name its environment with --env NAME, or the environment variable EXPERIMENTS_ENV");
        }

        string? environmentId = environmentName is null ? null : await EnvironmentLookup.FindIdAsync(api, environmentName, cancellation);
        // A key may look like an id. It is what people see, so it counts first.
        JsonElement? found = environmentId is null ? null : await FindByIdentityAsync(identity, environmentId, cancellation);
        found ??= isId ? await FindByIdAsync(identity, environmentId, cancellation) : null;
        string place = environmentName is null ? "" : $" in environment \"{environmentName}\"";
        return found ?? throw CliException.Refused($"there is no {kind.Singular} \"{identity}\"{place}");
    }

    private async Task<JsonElement?> FindByIdentityAsync(string identity, string environmentId, CancellationToken cancellation)
    {
        var filter = new ResourceFilter(null, kind.IsSearchedByServer ? identity : null, null);
        await foreach (JsonElement item in ResourceList.ReadAsync(api, kind, environmentId, filter, cancellation))
        {
            if (item.Text(kind.Identity) == identity)
            {
                return item;
            }
        }

        return null;
    }

    private async Task<JsonElement?> FindByIdAsync(string id, string? environmentId, CancellationToken cancellation)
    {
        ApiAnswer answer = await api.GetAsync(new Query($"{kind.Plural}/{id}"), cancellation);
        return environmentId is null || answer.Text("environmentId") == environmentId ? answer.Json : null;
    }
}
