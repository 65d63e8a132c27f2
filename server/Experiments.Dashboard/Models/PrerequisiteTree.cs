namespace Experiments.Dashboard.Models;

/// <summary>What a flag or experiment needs, and what needs it, two steps far.</summary>
/// <param name="Key">Of the flag or experiment.</param>
/// <param name="State">As of a node.</param>
/// <param name="Needs">What it needs.</param>
/// <param name="MoreNeeds">How many of those are not shown.</param>
/// <param name="NeededBy">What needs it.</param>
/// <param name="MoreNeededBy">How many of those are not shown.</param>
public sealed record PrerequisiteTree(
    string Key, string State, IReadOnlyList<PrerequisiteNode> Needs, int MoreNeeds, IReadOnlyList<PrerequisiteNode> NeededBy, int MoreNeededBy)
{
    /// <summary>Whether it stands alone.</summary>
    public bool IsEmpty => Needs.Count + NeededBy.Count == 0;

    /// <summary>The first step in words.</summary>
    public string Reading => (Needs.Count == 0 ? "It depends on no other flag. " : $"{Key} needs {Listed(Needs.Select(static one => WordsOf(one)), MoreNeeds)}. ")
        + (NeededBy.Count == 0 ? "Nothing depends on it." : $"{Listed(NeededBy.Select(static one => one.Key), MoreNeededBy)} {(NeededBy.Count + MoreNeededBy == 1 ? "needs" : "need")} it.");

    private static string WordsOf(PrerequisiteNode node) => node.Edge == PrerequisiteWords.Serves ? $"what experiment {node.Key} needs" : $"{node.Key} to serve {node.Edge}";

    private static string Listed(IEnumerable<string> items, int more)
    {
        string[] all = more > 0 ? [.. items, FormattableString.Invariant($"{more} more")] : [.. items];
        return all.Length == 1 ? all[0] : $"{string.Join(", ", all[..^1])} and {all[^1]}";
    }
}
