namespace Experiments.Dashboard.Models;

/// <summary>What a restore or a promotion would change, looked at before it is done.</summary>
/// <param name="Changes">In words.</param>
/// <param name="ETag">The state that they are changes of.</param>
internal sealed record TransferPlan(IReadOnlyList<ChangeRow> Changes, string ETag);
