using System.Text.Json;
using Experiments.Client.Targeting;
using Experiments.Control.Compilation;
using Experiments.Control.Definitions;
using Experiments.Control.Splits;

namespace Experiments.Control.Transfer;

/// <summary>Definitions as entries of a document. Two exports of the same state are the same.</summary>
internal sealed class StateExport(EnvironmentState state)
{
    private readonly Dictionary<Guid, string> _audiences = state.Audiences.ToDictionary(static one => one.Id, static one => one.Name);
    private readonly Dictionary<Guid, LayerDefinition> _layers = state.Layers.ToDictionary(static one => one.Id);
    private readonly Dictionary<Guid, string> _experiments = state.Experiments.ToDictionary(static one => one.Id, static one => one.Key);

    public TransferDocument Document() => new()
    {
        Environment = state.Environment.Name,
        Audiences = ListOf(state.Audiences, Of),
        Layers = ListOf(state.Layers, Of),
        Holdouts = ListOf(state.Holdouts, Of),
        Experiments = ListOf(state.Experiments, Of),
        Flags = ListOf(state.Flags, Of),
    };

    public static AudienceEntry Of(AudienceDefinition audience) => new(audience.Name, audience.Rules);

    public static LayerEntry Of(LayerDefinition layer) => new(layer.Name, layer.Unit, layer.Salt);

    public static HoldoutEntry Of(HoldoutDefinition holdout) => new(holdout.Name, holdout.Tag, ShareOf(holdout.Share), holdout.Salt);

    public ExperimentEntry Of(ExperimentDefinition experiment)
    {
        Dictionary<Guid, string> keys = experiment.Variants.ToDictionary(static one => one.Id, static one => one.Key);
        return new ExperimentEntry
        {
            Key = experiment.Key,
            Name = experiment.Name,
            Description = experiment.Description,
            Status = ExperimentLifecycle.NameOf(experiment.Status),
            Salt = experiment.Salt,
            Tags = experiment.Tags.Count == 0 ? null : experiment.Tags,
            Audience = NameOf(experiment.AudienceId),
            TargetingRules = RulesOf(experiment.TargetingRules),
            Variants = ListOf(experiment.Variants, static one => new ExperimentVariantEntry(one.Key, one.Name, one.Payload)),
            Split = experiment.Split is { } split ? Of(split, experiment.Allocations, experiment.Id, keys) : null,
            Allocations = experiment.Split is null ? ListOf(experiment.Allocations, one => Of(one, keys)) : null,
            Unit = experiment.Unit,
            Schedule = Of(experiment.Schedule),
            Prerequisites = ListOf(experiment.Prerequisites, Of),
            Overrides = ListOf(experiment.Overrides, one => new OverrideEntry(one.UserKey, keys[one.VariantId])),
        };
    }

    public FlagEntry Of(FlagDefinition flag)
    {
        Dictionary<Guid, string> keys = flag.Variants.ToDictionary(static one => one.Id, static one => one.Key);
        return new FlagEntry
        {
            Key = flag.Key,
            Name = flag.Name,
            Description = flag.Description,
            Type = FlagTypes.NameOf(flag.Type),
            Schema = flag.Schema,
            Tags = flag.Tags.Count == 0 ? null : flag.Tags,
            Enabled = flag.IsEnabled,
            Archived = flag.IsArchived ? true : null,
            Off = flag.OffVariantId is { } off ? keys[off] : null,
            Default = flag.DefaultVariantId is { } fallback ? keys[fallback] : null,
            Variants = ListOf(flag.Variants, static one => new FlagVariantEntry(one.Key, one.Name, one.Value)),
            Overrides = ListOf(flag.Overrides, one => new OverrideEntry(one.UserKey, keys[one.VariantId])),

            // The rule of an experiment that was deleted serves nobody, and has no name to go by.
            Rules = ListOf([.. flag.Rules.Where(rule => rule.ExperimentId is not { } id || _experiments.ContainsKey(id))], rule => Of(rule, keys)),
        };
    }

    public FlagRuleEntry Of(FlagRuleDefinition rule, Dictionary<Guid, string> keys) => new()
    {
        Name = rule.Name,
        Audience = NameOf(rule.AudienceId),
        TargetingRules = RulesOf(rule.TargetingRules),
        Schedule = Of(rule.Schedule),
        Prerequisites = ListOf(rule.Prerequisites, Of),
        Serve = rule switch
        {
            { Split: { } split } => new ServeEntry(Split: Of(split.Weights, split.Allocations, rule.Id, keys) with { Unit = split.Unit, Salt = split.Salt }),
            { ExperimentId: { } experimentId } => new ServeEntry(Experiment: _experiments.GetValueOrDefault(experimentId)),
            { VariantId: { } variantId } => new ServeEntry(Variant: keys[variantId]),
            _ => new ServeEntry(),
        },
    };

    private SplitEntry Of(SplitDefinition split, IReadOnlyList<AllocationDefinition> allocations, Guid ownerId, Dictionary<Guid, string> keys)
    {
        LayerDefinition? layer = split.LayerId is { } id ? _layers.GetValueOrDefault(id) : null;
        return new SplitEntry
        {
            Weights = split.Weights.ToDictionary(one => keys[one.VariantId], static one => one.Weight, StringComparer.Ordinal),
            Coverage = ShareOf(split.Coverage),
            Ramp = ListOf(split.Ramp, static step => new RampStepEntry(step.At, ShareOf(step.Coverage))),
            Layer = layer?.Name,
            Claim = layer is null ? null
                : [.. SplitStages.HeldBy(layer, ownerId).ToRanges().Select(static range => new RangeEntry(range.Start, range.Last))],
            Entered = ListOf(split.Entered, static range => new RangeEntry(range.RangeStart, range.RangeEnd)),
            Allocations = ListOf(allocations, one => Of(one, keys)),
        };
    }

    private static AllocationEntry Of(AllocationDefinition allocation, Dictionary<Guid, string> keys) =>
        new(keys[allocation.VariantId], allocation.RangeStart, allocation.RangeEnd);

    private static ScheduleEntry? Of(ScheduleDefinition? schedule) => schedule is null ? null : new(schedule.From, schedule.Until);

    private static PrerequisiteEntry Of(PrerequisiteDefinition prerequisite) => new(prerequisite.FlagKey, prerequisite.Variants);

    private static TargetingRuleDocument[]? RulesOf(TargetingRuleDocument[] rules) => rules.Length == 0 ? null : rules;

    private static decimal ShareOf(int buckets) => Coverage.FromBuckets(buckets).Share;

    private static List<TEntry>? ListOf<T, TEntry>(IReadOnlyList<T> items, Func<T, TEntry> convert) =>
        items.Count == 0 ? null : [.. items.Select(convert)];

    private string? NameOf(Guid? audienceId) => audienceId is { } id ? _audiences.GetValueOrDefault(id) : null;
}
