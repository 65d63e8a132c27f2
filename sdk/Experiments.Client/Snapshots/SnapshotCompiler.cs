using System.Text;
using Experiments.Client.Targeting;

namespace Experiments.Client.Snapshots;

/// <summary>Turns a snapshot document that was found valid into its form in memory.</summary>
internal static class SnapshotCompiler
{
    public static CompiledSnapshot Compile(SnapshotDocument document)
    {
        var targeting = new TargetingProgramBuilder();
        CompiledExperiment[] experiments = Array.ConvertAll(
            document.Experiments, experiment => Compile(experiment, document.Version, targeting));
        return new CompiledSnapshot(document.Version, document.Environment, experiments, targeting.Build());
    }

    private static CompiledExperiment Compile(ExperimentDocument document, long version, TargetingProgramBuilder targeting)
    {
        var missed = new Decision(DecisionReason.Default, version) { Key = document.Key, ExperimentId = document.Id };
        var byVariantId = new Dictionary<string, Decision>(StringComparer.Ordinal);
        foreach (VariantDocument variant in document.Variants)
        {
            // Of variants with the same id the first one counts.
            byVariantId.TryAdd(variant.Id, new Decision(DecisionReason.Split, version)
            {
                Key = document.Key,
                ExperimentId = document.Id,
                VariantKey = variant.Key,
                VariantId = variant.Id,
                Payload = variant.Payload,
            });
        }

        return new CompiledExperiment
        {
            Key = document.Key,
            Entry = targeting.Add(document.AudienceRules, targeting.Add(document.TargetingRules, Instruction.Pass)),
            Salt = Encoding.UTF8.GetBytes(document.Salt),
            Split = CompiledSplit.From(
                document.Allocations, allocation => byVariantId.GetValueOrDefault(allocation.VariantId, missed), missed),
            Default = missed,
        };
    }
}
