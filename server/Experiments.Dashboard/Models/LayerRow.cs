using Experiments.Control.Definitions;

namespace Experiments.Dashboard.Models;

/// <summary>A layer as it is drawn.</summary>
internal sealed record LayerRow(LayerDefinition Layer, IReadOnlyList<BarPart> Parts, IReadOnlyList<LayerOwner> Owners)
{
    public decimal Free => (BarPart.Buckets - Parts.Sum(static part => part.End - part.Start)) / (decimal)BarPart.Buckets;

    /// <param name="layer">The layer.</param>
    /// <param name="hrefs">Pages of those that hold parts of it, by the id of the claim's owner.</param>
    public static LayerRow Of(LayerDefinition layer, IReadOnlyDictionary<Guid, string> hrefs) => new(
        layer,
        [
            .. layer.Claims.Index().SelectMany(static pair => pair.Item.Ranges.Select(
                range => new BarPart(range.RangeStart, range.RangeEnd + 1, pair.Item.Key, pair.Index % BarPart.Colours))).OrderBy(static part => part.Start),
        ],
        [
            .. layer.Claims.Index().Select(pair => new LayerOwner(
                pair.Item.Key,
                pair.Index % BarPart.Colours,
                pair.Item.Ranges.Sum(static range => range.RangeEnd - range.RangeStart + 1) / (decimal)BarPart.Buckets,
                hrefs.GetValueOrDefault(pair.Item.OwnerId))),
        ]);
}
