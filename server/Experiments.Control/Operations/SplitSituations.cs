using Experiments.Control.Compilation;
using Experiments.Control.Definitions;
using Experiments.Control.Splits;

namespace Experiments.Control.Operations;

/// <summary>Who is in a split at one moment.</summary>
internal static class SplitSituations
{
    public static SplitSituation Of(
        SplitDefinition? split, IReadOnlyList<AllocationDefinition> allocations, LayerDefinition? layer, Guid ownerId, DateTimeOffset now)
    {
        SplitStage stage = SplitStages.Of(split, allocations, layer, ownerId).At(now);
        return new SplitSituation(stage.Map, layer?.Id, stage.Held);
    }
}
