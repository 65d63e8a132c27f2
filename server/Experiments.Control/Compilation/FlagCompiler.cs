using Experiments.Control.Definitions;
using Experiments.Control.Splits;

namespace Experiments.Control.Compilation;

/// <summary>Flags, and experiments that need more than format 1 says, to the flags of snapshot format 2.</summary>
internal sealed class FlagCompiler(EnvironmentContent content, ContentLookup lookup, CompiledHashes hashes)
{
    private const string OverrideReason = "OVERRIDE";
    private const string HoldoutReason = "HOLDOUT";
    private const string PrerequisiteReason = "PREREQUISITE_FAILED";

    public CompiledFlag Compile(FlagDefinition flag)
    {
        Dictionary<Guid, string> keys = flag.Variants.ToDictionary(static variant => variant.Id, static variant => variant.Key);
        string? defaultKey = KeyOf(keys, flag.DefaultVariantId);
        return new CompiledFlag
        {
            Key = flag.Key,
            Type = FlagTypes.NameOf(flag.Type),
            IsEnabled = flag.IsEnabled,
            Off = KeyOf(keys, flag.OffVariantId),
            Default = defaultKey,
            Variants = [.. flag.Variants.Select(static variant => (variant.Key, (System.Text.Json.JsonElement?)variant.Value))],
            Rules =
            [
                .. Overrides(flag.Overrides, keys, CompiledServe.Of),
                .. HoldoutsOf(flag.Tags).Select(holdout => new CompiledRule(
                    $"holdout {holdout.Name}", In(holdout), CompiledServe.Of(defaultKey), HoldoutReason)),
                .. flag.Rules.SelectMany(rule => Compile(flag, rule, keys)),
            ],
        };
    }

    /// <summary>An experiment as a flag of its own.</summary>
    public CompiledFlag Compile(ExperimentDefinition experiment)
    {
        Dictionary<Guid, string> keys = KeysOf(experiment);
        return new CompiledFlag
        {
            Key = experiment.Key,
            Type = FlagTypes.NameOf(FlagType.Json),
            Variants = [.. experiment.Variants.Select(static variant => (variant.Key, variant.Payload))],
            Rules =
            [
                // Through a split, so that it assigns the user.
                .. Overrides(experiment.Overrides, keys, hashes.Everybody),
                .. HoldoutsOf(experiment.Tags).Select(holdout => new CompiledRule(
                    $"holdout {holdout.Name}", In(holdout), CompiledServe.Of(variantKey: null), HoldoutReason)),
                .. experiment.Prerequisites.Select(prerequisite => new CompiledRule(
                    $"prerequisite {prerequisite.FlagKey}",
                    Condition.Not(Condition.Serves(prerequisite)),
                    CompiledServe.Of(variantKey: null),
                    PrerequisiteReason)),
                .. Stages(experiment, experiment.Key, keys, Targeting(experiment)),
            ],
        };
    }

    public bool IsHeldOut(ExperimentDefinition experiment) => HoldoutsOf(experiment.Tags).Any();

    private IEnumerable<CompiledRule> Compile(FlagDefinition flag, FlagRuleDefinition rule, Dictionary<Guid, string> keys)
    {
        string id = rule.Name ?? rule.Id.ToString();
        var condition = Condition.All(
            AudienceOf(rule.AudienceId),
            Condition.Of(rule.TargetingRules),
            Condition.Within(rule.Schedule),
            Condition.All(rule.Prerequisites.Select(Condition.Serves)));
        if (rule.Split is { } split)
        {
            string hash = hashes.Add($"{flag.Key}/{rule.Id}", split.Salt, split.Unit);
            return Stages(id, hash, condition, split.Weights, split.Allocations, rule.Id, keys);
        }

        if (rule.ExperimentId is null)
        {
            return [new CompiledRule(id, condition, CompiledServe.Of(KeyOf(keys, rule.VariantId)))];
        }

        if (lookup.Running(rule.ExperimentId) is not { } experiment)
        {
            return [];
        }

        Dictionary<Guid, string> experimentKeys = KeysOf(experiment);
        return
        [
            // Of those whom the rule is for; through a split, so that it assigns the user.
            .. Overrides(experiment.Overrides, experimentKeys, hashes.Everybody)
                .Select(one => one with { If = Condition.All(condition, one.If) }),
            .. Stages(experiment, id, experimentKeys, Condition.All(
            [
                condition,
                Targeting(experiment),
                .. experiment.Prerequisites.Select(Condition.Serves),
                .. HoldoutsOf(experiment.Tags).Select(holdout => Condition.Not(In(holdout))),
            ])),
        ];
    }

    private IEnumerable<CompiledRule> Stages(
        ExperimentDefinition experiment, string ruleId, Dictionary<Guid, string> keys, Condition condition) => Stages(
        ruleId,
        hashes.Add(experiment.Key, experiment.Salt, experiment.Unit),
        Condition.All(condition, Condition.Within(experiment.Schedule)),
        experiment.Split,
        experiment.Allocations,
        experiment.Id,
        keys);

    /// <summary>A rule for each step over time that anybody is in.</summary>
    private IEnumerable<CompiledRule> Stages(
        string ruleId,
        string hash,
        Condition condition,
        SplitDefinition? split,
        IReadOnlyList<AllocationDefinition> allocations,
        Guid ownerId,
        Dictionary<Guid, string> keys)
    {
        LayerDefinition? layer = lookup.Layer(split?.LayerId);
        foreach (SplitStage stage in SplitStages.Of(split, allocations, layer, ownerId).Where(static stage => !stage.IsEmpty))
        {
            yield return new CompiledRule(
                ruleId,
                Condition.All(condition, Condition.Within(stage.From, stage.Until), layer is null ? Condition.True : In(layer, stage.Held)),
                CompiledServe.Of(
                    hash,
                    [.. stage.Map.Ranges.Select(range => ((ulong)range.Buckets.Start, (ulong)range.Buckets.End, KeyOf(keys, range.VariantId)))]));
        }
    }

    private IEnumerable<CompiledRule> Overrides(
        IReadOnlyList<OverrideDefinition> overrides, Dictionary<Guid, string> keys, Func<string, CompiledServe> serve) =>
        overrides.GroupBy(static one => one.VariantId).Select(group => new CompiledRule(
            $"override {keys[group.Key]}",
            hashes.IsUser([.. group.Select(static one => one.UserKey)]),
            serve(keys[group.Key]),
            OverrideReason));

    private Condition Targeting(ExperimentDefinition experiment) => Condition.All(
        Condition.Of(lookup.Audience(experiment.AudienceId)?.Rules ?? []), Condition.Of(experiment.TargetingRules));

    private Condition AudienceOf(Guid? id) => lookup.Audience(id) is { } audience ? Condition.Audience(audience.Name) : Condition.True;

    private IEnumerable<HoldoutDefinition> HoldoutsOf(IReadOnlyList<string> tags) =>
        content.Holdouts.Where(holdout => holdout.Share > 0 && (holdout.Tag is null || tags.Contains(holdout.Tag, StringComparer.Ordinal)));

    private Condition In(HoldoutDefinition holdout) =>
        Condition.In(hashes.Add($"holdout {holdout.Name}", holdout.Salt, unit: null), new BucketRange(0, holdout.Share));

    private Condition In(LayerDefinition layer, BucketSet held) =>
        Condition.In(hashes.Add($"layer {layer.Name}", layer.Salt, layer.Unit), held.ToRanges());

    private static Dictionary<Guid, string> KeysOf(ExperimentDefinition experiment) =>
        experiment.Variants.ToDictionary(static variant => variant.Id, static variant => variant.Key);

    private static string? KeyOf(Dictionary<Guid, string> keys, Guid? variantId) =>
        variantId is { } id ? keys.GetValueOrDefault(id) : null;
}
