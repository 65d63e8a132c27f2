using Experiments.Control.Definitions;

namespace Experiments.Dashboard.Models;

/// <summary>Definitions as parts of a bar.</summary>
internal static class BarParts
{
    public static IReadOnlyList<BarPart> Of(ExperimentDefinition experiment) => Of(
        experiment.Allocations, [.. experiment.Variants.Select(static variant => (variant.Id, variant.Key))]);

    /// <param name="allocations">In any order.</param>
    /// <param name="variants">In creation order, which gives them their colours.</param>
    public static IReadOnlyList<BarPart> Of(IReadOnlyList<AllocationDefinition> allocations, IReadOnlyList<(Guid Id, string Key)> variants)
    {
        Dictionary<Guid, (string Key, int Index)> known = variants.Index().ToDictionary(
            static pair => pair.Item.Id, static pair => (pair.Item.Key, pair.Index));
        return
        [
            .. allocations.OrderBy(static one => one.RangeStart).Where(one => known.ContainsKey(one.VariantId))
                .Select(one => new BarPart(one.RangeStart, one.RangeEnd + 1, known[one.VariantId].Key, known[one.VariantId].Index)),
        ];
    }
}
