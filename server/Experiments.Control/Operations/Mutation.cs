using Experiments.Control.Storage;

namespace Experiments.Control.Operations;

/// <summary>A change that was stored, and whether it must go live.</summary>
/// <param name="Value">The resource after the change, or what was deleted.</param>
/// <param name="ReassignedShare">Of all users, those who had a variant and got another, or none; null where nobody did.</param>
/// <param name="Publish">Set where something live changed: publishing has been requested in the change's own transaction.</param>
internal sealed record Mutation<T>(T Value, PublishState? Publish, decimal? ReassignedShare = null);
