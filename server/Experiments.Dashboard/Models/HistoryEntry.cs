namespace Experiments.Dashboard.Models;

/// <summary>What an entry of the audit log says when it is opened.</summary>
/// <param name="Changes">In words.</param>
/// <param name="Before">JSON; empty where there was nothing.</param>
/// <param name="After">JSON; empty where there is nothing.</param>
public sealed record HistoryEntry(IReadOnlyList<ChangeRow> Changes, IReadOnlyList<DiffLine> Before, IReadOnlyList<DiffLine> After);
