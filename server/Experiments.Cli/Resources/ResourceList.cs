using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Experiments.Cli.Api;

namespace Experiments.Cli.Resources;

/// <summary>Reads lists page by page, as far as they are needed.</summary>
internal static class ResourceList
{
    private const int PageSize = 100;

    /// <param name="api">The server.</param>
    /// <param name="kind">Of what.</param>
    /// <param name="environmentId">Null where the kind is of none, or all are wanted.</param>
    /// <param name="filter">Which of them.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public static async IAsyncEnumerable<JsonElement> ReadAsync(
        ApiClient api, ResourceKind kind, string? environmentId, ResourceFilter filter,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        // What is added while pages are read moves the others down, so that some come twice.
        var seen = new HashSet<string>(StringComparer.Ordinal);
        long pages = 1;
        for (long page = 1; page <= pages; page++)
        {
            ApiAnswer answer = await api.GetAsync(PathOf(kind, environmentId, filter, page), cancellation);
            JsonElement[] items = [.. answer.Json.Items("data")];
            pages = items.Length == 0 ? 0 : answer.Json.Member("pagination")?.Number("totalPages") ?? 1;
            foreach (JsonElement item in items)
            {
                if (filter.Takes(kind, item) && (item.Text("id") is not { } id || seen.Add(id)))
                {
                    yield return item;
                }
            }
        }
    }

    private static Query PathOf(ResourceKind kind, string? environmentId, ResourceFilter filter, long page)
    {
        Query path = kind.IsBelowEnvironment
            ? new Query($"environments/{Uri.EscapeDataString(environmentId ?? "")}/{kind.Plural}")
            : new Query(kind.Plural).With("environmentId", environmentId);
        if (kind.IsSearchedByServer)
        {
            path.With("tag", filter.Tag).With("search", filter.Search);
        }

        return path.With("page", page.ToString(CultureInfo.InvariantCulture))
            .With("pageSize", PageSize.ToString(CultureInfo.InvariantCulture));
    }
}
