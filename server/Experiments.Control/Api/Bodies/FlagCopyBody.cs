namespace Experiments.Control.Api.Bodies;

/// <summary>Where a flag is copied to, for the API document.</summary>
/// <param name="EnvironmentId">Of another environment, or the same with another key.</param>
/// <param name="Key">Absent is the same.</param>
internal sealed record FlagCopyBody(Guid EnvironmentId, string? Key = null);
