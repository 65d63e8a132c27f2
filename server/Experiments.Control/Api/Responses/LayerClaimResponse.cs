namespace Experiments.Control.Api.Responses;

/// <summary>What an experiment, or a rule of a flag, holds of a layer.</summary>
internal sealed record LayerClaimResponse(Guid OwnerId, string Key, decimal Share, IReadOnlyList<BucketRangeResponse> Ranges);
