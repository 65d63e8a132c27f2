using System.Text.Json;
using Experiments.Cli.Api;

namespace Experiments.Cli.Resources;

/// <summary>Which of a list are wanted. Null takes all.</summary>
internal sealed record ResourceFilter(string? Tag, string? Search, string? Status)
{
    public static ResourceFilter None { get; } = new(null, null, null);

    /// <exception cref="CliException">The kind has no such filter, or no such status.</exception>
    public void Check(ResourceKind kind)
    {
        if (Tag is not null && !kind.HasTags)
        {
            throw CliException.Usage($"{kind.Plural} have no tags: leave --tag out");
        }

        if (Status is not null && !kind.Statuses.Contains(Status, StringComparer.OrdinalIgnoreCase))
        {
            throw CliException.Usage(kind.Statuses.Count == 0
                ? $"{kind.Plural} have no status: leave --status out"
                : $"--status of {kind.Plural} is one of {string.Join(", ", kind.Statuses)}, not \"{Status}\"");
        }
    }

    /// <summary>For what the server does not filter by itself. Case counts for tags only.</summary>
    public bool Takes(ResourceKind kind, JsonElement item) =>
        (Tag is null || Cells.TagsOf(item).Contains(Tag, StringComparer.Ordinal))
        && (Status is null || Status.Equals(kind.Status(item), StringComparison.OrdinalIgnoreCase))
        && (Search is null || kind.IsSearchedByServer
            || kind.Searched.Any(member => item.Text(member)?.Contains(Search, StringComparison.OrdinalIgnoreCase) == true));
}
