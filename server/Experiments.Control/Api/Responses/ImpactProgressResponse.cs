namespace Experiments.Control.Api.Responses;

/// <param name="Read">Contexts so far.</param>
internal sealed record ImpactProgressResponse(int Read);
