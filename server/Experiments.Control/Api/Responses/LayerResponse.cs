using System.Text.Json.Serialization;
using Experiments.Control.Definitions;
using Experiments.Control.Operations;
using Experiments.Control.Splits;

namespace Experiments.Control.Api.Responses;

/// <summary>A layer in answers: who holds what of it, and what is free.</summary>
internal sealed record LayerResponse(
    Guid Id,
    string Name,
    Guid EnvironmentId,
    string? Unit,
    string Salt,
    IReadOnlyList<LayerClaimResponse> Claims,
    IReadOnlyList<BucketRangeResponse> Free,
    decimal FreeShare,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    [property: JsonIgnore] long Revision) : IRevisioned
{
    public static LayerResponse From(LayerDefinition layer)
    {
        BucketSet free = layer.Free();
        return new LayerResponse(
            layer.Id,
            layer.Name,
            layer.EnvironmentId,
            layer.Unit,
            layer.Salt,
            [.. layer.Claims.Select(static claim => new LayerClaimResponse(
                claim.OwnerId,
                claim.Key,
                SplitResponse.ShareOf(claim.Ranges.Sum(static range => range.RangeEnd - range.RangeStart + 1)),
                [.. claim.Ranges.Select(static range => new BucketRangeResponse(range.RangeStart, range.RangeEnd))]))],
            [.. free.ToRanges().Select(static range => new BucketRangeResponse(range.Start, range.Last))],
            SplitResponse.ShareOf(free.Count),
            layer.CreatedAt,
            layer.UpdatedAt,
            layer.Revision);
    }
}
