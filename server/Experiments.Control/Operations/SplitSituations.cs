using Experiments.Control.Compilation;
using Experiments.Control.Definitions;
using Experiments.Control.Splits;

namespace Experiments.Control.Operations;

/// <summary>Who is in a split at one moment.</summary>
internal static class SplitSituations
{
    /// <param name="split">Null where its allocations were given as they are.</param>
    /// <param name="allocations">Of the whole ramp.</param>
    /// <param name="layer">The split's.</param>
    /// <param name="owner">Id of the experiment or rule, and the hash of the split.</param>
    /// <param name="now">The step of a ramp that counts.</param>
    public static SplitSituation Of(
        SplitDefinition? split, IReadOnlyList<AllocationDefinition> allocations, LayerDefinition? layer, (Guid Id, string Hash) owner, DateTimeOffset now)
    {
        SplitStage stage = SplitStages.Of(split, allocations, layer, owner.Id).At(now);
        return new SplitSituation(stage.Map, layer is null ? null : $"{layer.Id}\n{HashOf(layer.Salt, layer.Unit)}", stage.Held, owner.Hash);
    }

    /// <summary>The owner of an experiment's split, with the unit that it is to have.</summary>
    public static (Guid Id, string Hash) OwnerOf(ExperimentDefinition experiment, string? unit) => (experiment.Id, HashOf(experiment.Salt, unit));

    /// <summary>The owner of a rule's split.</summary>
    public static (Guid Id, string Hash) OwnerOf(Guid ruleId, RuleSplitDefinition? split) => (ruleId, HashOf(split?.Salt, split?.Unit));

    private static string HashOf(string? salt, string? unit) => $"{salt}\n{unit}";
}
