namespace Experiments.Control.Api.Responses;

/// <summary>Buckets in answers, both ends inclusive.</summary>
internal sealed record BucketRangeResponse(int RangeStart, int RangeEnd);
