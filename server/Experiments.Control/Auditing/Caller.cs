namespace Experiments.Control.Auditing;

/// <summary>Who makes a change, why, and of what state.</summary>
/// <param name="Actor">For the audit log.</param>
/// <param name="Reason">For the audit log; null where nobody said.</param>
/// <param name="Precondition">Null where the state does not matter.</param>
internal sealed record Caller(string Actor, string? Reason = null, Precondition? Precondition = null)
{
    public static Caller Anonymous { get; } = new("anonymous");
}
