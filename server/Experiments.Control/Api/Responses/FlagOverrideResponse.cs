namespace Experiments.Control.Api.Responses;

/// <summary>A variant set by hand for one user, in answers.</summary>
internal sealed record FlagOverrideResponse(string UserKey, string Variant);
