namespace Experiments.Control.Api.Bodies;

/// <summary>A new holdout, for the API document.</summary>
/// <param name="Name">Unique in the environment.</param>
/// <param name="EnvironmentId">Where it is made.</param>
/// <param name="Share">Of all users, 0 to 1 in steps of 0.0001.</param>
/// <param name="Tag">Holds out of what has this tag; absent or null is of everything.</param>
internal sealed record HoldoutBody(string Name, Guid EnvironmentId, decimal Share, string? Tag = null);
