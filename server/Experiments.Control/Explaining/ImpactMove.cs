namespace Experiments.Control.Explaining;

/// <summary>Users who have one variant and would have another.</summary>
/// <param name="From">Key of the variant; null where they have none.</param>
/// <param name="To">Key of the variant; null where they would have none. The same as <paramref name="From"/> where its value changes.</param>
/// <param name="IsChange">Whether anything changes for them.</param>
internal sealed record ImpactMove(string? From, string? To, bool IsChange)
{
    public long Count { get; set; }
}
