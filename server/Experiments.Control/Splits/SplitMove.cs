namespace Experiments.Control.Splits;

/// <summary>Users that a change gives another variant, or none.</summary>
/// <param name="From">The variant that they had.</param>
/// <param name="To">The variant that they get; null where they are no longer in.</param>
/// <param name="Share">Of all users: above 0, exact, without trailing zeros.</param>
internal readonly record struct SplitMove(Guid From, Guid? To, decimal Share);
