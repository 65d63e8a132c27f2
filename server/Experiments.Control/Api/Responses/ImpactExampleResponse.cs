namespace Experiments.Control.Api.Responses;

/// <param name="UserKey">Somebody for whom something changes.</param>
/// <param name="From">Key of the variant; null where there is none.</param>
/// <param name="To">Key of the variant; null where there is none.</param>
internal sealed record ImpactExampleResponse(string UserKey, string? From, string? To);
