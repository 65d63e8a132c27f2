using Experiments.Control.Compilation;
using Experiments.Control.Definitions;
using Experiments.Control.Splits;
using Experiments.Control.Storage;

namespace Experiments.Control.Operations;

/// <summary>Who holds what of layers.</summary>
internal static class LayerClaims
{
    /// <summary>The layer with what one experiment or rule holds of it from now on.</summary>
    public static LayerDefinition WithClaim(this LayerDefinition layer, Guid ownerId, string key, BucketSet held) => layer with
    {
        Claims =
        [
            .. layer.Claims.Where(claim => claim.OwnerId != ownerId),
            .. held.Count == 0 ? [] : new[]
            {
                new LayerClaimDefinition
                {
                    OwnerId = ownerId,
                    Key = key,
                    Ranges = [.. held.ToRanges().Select(static range => new BucketRangeDefinition
                    {
                        RangeStart = range.Start,
                        RangeEnd = range.Last,
                    })],
                },
            },
        ],
    };

    /// <summary>Nobody holds anything of this layer for the owner any more.</summary>
    public static async ValueTask ReleaseAsync(this IStoreWriter writer, Guid? layerId, Guid ownerId, DateTimeOffset now)
    {
        if (layerId is { } id && await writer.FindAsync<LayerDefinition>(id) is { } layer && layer.Claims.Any(claim => claim.OwnerId == ownerId))
        {
            await writer.UpdateAsync(layer.WithClaim(ownerId, "", BucketSet.Nobody) with { UpdatedAt = now });
        }
    }

    /// <summary>The layer that an experiment's split is in; null where it is in none.</summary>
    public static async ValueTask<LayerDefinition?> FindLayerOfAsync(this IStoreReader reader, ExperimentDefinition experiment) =>
        experiment.Split?.LayerId is { } id ? await reader.FindAsync<LayerDefinition>(id) : null;

    public static BucketSet Free(this LayerDefinition layer) => LayerPlan.Free(layer.Claims.Select(static claim => SplitStages.SetOf(claim.Ranges)));
}
