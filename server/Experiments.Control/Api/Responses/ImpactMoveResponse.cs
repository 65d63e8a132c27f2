namespace Experiments.Control.Api.Responses;

/// <param name="From">Key of the variant; null where there is none.</param>
/// <param name="To">Key of the variant; null where there is none. The same where only its value changes.</param>
/// <param name="Count">Of decisions.</param>
internal sealed record ImpactMoveResponse(string? From, string? To, long Count);
