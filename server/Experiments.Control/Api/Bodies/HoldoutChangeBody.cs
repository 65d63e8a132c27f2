namespace Experiments.Control.Api.Bodies;

/// <summary>What to change about a holdout, for the API document; what is absent stays.</summary>
/// <param name="Name">Unique in the environment.</param>
/// <param name="Share">Of all users, 0 to 1 in steps of 0.0001.</param>
/// <param name="Tag">Null is everything.</param>
internal sealed record HoldoutChangeBody(string? Name = null, decimal? Share = null, string? Tag = null);
