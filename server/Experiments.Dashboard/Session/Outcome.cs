namespace Experiments.Dashboard.Session;

/// <summary>What came of an action of the user.</summary>
/// <param name="Value">After the change; default where it was not made.</param>
/// <param name="Error">Why not, in a sentence; null where it was made.</param>
/// <param name="IsConflict">Somebody else changed the same thing in the meantime, so nothing was stored.</param>
internal sealed record Outcome<T>(T? Value, string? Error = null, bool IsConflict = false)
{
    public bool IsDone => Error is null;
}
