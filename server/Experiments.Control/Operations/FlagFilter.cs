using Experiments.Control.Definitions;
using Experiments.Control.Storage;

namespace Experiments.Control.Operations;

/// <summary>Which flags of a list; what is null lets everything pass.</summary>
/// <param name="Tag">One that they have.</param>
/// <param name="Search">Part of their key or name, in any case.</param>
/// <param name="IsArchived">Whether they are.</param>
internal sealed record FlagFilter(string? Tag = null, string? Search = null, bool? IsArchived = null)
{
    public bool IsEmpty => Tag is null && Search is null && IsArchived is null;

    public StorePage<FlagDefinition> Page(StorePage<FlagDefinition> all, PageRange range)
    {
        FlagDefinition[] found = [.. all.Items.Where(Holds)];
        return new StorePage<FlagDefinition>([.. found.Skip((int)Math.Min(range.Skip, found.Length)).Take(range.Take)], found.Length);
    }

    private bool Holds(FlagDefinition flag) =>
        (Tag is null || flag.Tags.Contains(Tag, StringComparer.Ordinal))
        && (IsArchived is null || flag.IsArchived == IsArchived)
        && (Search is null
            || flag.Key.Contains(Search, StringComparison.OrdinalIgnoreCase)
            || flag.Name.Contains(Search, StringComparison.OrdinalIgnoreCase));
}
