using System.Text.Json;
using Experiments.Client.Targeting;
using Experiments.Control.Definitions;
using Experiments.Control.Differences;

namespace Experiments.Control.Tests.Differences;

/// <summary>Contents to compare.</summary>
internal static class Contents
{
    public static DateTimeOffset Time { get; } = new(2026, 12, 1, 0, 0, 0, TimeSpan.Zero);

    public static Guid Id(int number) => new(number, 0, 0, new byte[8]);

    public static TargetingRuleDocument[] Rules(params (string Attribute, string Operator, string Value)[] conditions) =>
    [
        new TargetingRuleDocument
        {
            Conditions = [.. conditions.Select(static one => new ConditionDocument
            {
                Attribute = one.Attribute,
                Operator = one.Operator,
                Value = one.Value.Length == 0 ? default : JsonElement.Parse(one.Value),
            })],
        },
    ];

    public static AudienceDefinition Audience(int id, string name, TargetingRuleDocument[]? rules = null) => new()
    {
        Id = Id(id),
        EnvironmentId = Id(0),
        Name = name,
        Rules = rules ?? Rules(("country", "eq", "\"DE\"")),
        CreatedAt = Time,
        UpdatedAt = Time,
    };

    /// <summary>With variants "low" (id 1) and "high" (id 2).</summary>
    public static FlagDefinition Flag(int id, string key, params FlagRuleDefinition[] rules) => new()
    {
        Id = Id(id),
        EnvironmentId = Id(0),
        Key = key,
        Name = key,
        Type = FlagType.Json,
        IsEnabled = true,
        Variants = [FlagVariant(1, "low", "10"), FlagVariant(2, "high", "20")],
        DefaultVariantId = Id(1),
        Rules = rules,
        CreatedAt = Time,
        UpdatedAt = Time,
    };

    public static FlagVariantDefinition FlagVariant(int id, string key, string value) =>
        new() { Id = Id(id), Key = key, Value = JsonElement.Parse(value) };

    public static FlagRuleDefinition Rule(int id, string? name = null, int? variant = 2) =>
        new() { Id = Id(id), Name = name, VariantId = variant is { } set ? Id(set) : null };

    public static FlagRuleDefinition SplitRule(int id, SplitDefinition weights) => new()
    {
        Id = Id(id),
        Name = "rollout",
        Split = new RuleSplitDefinition { Salt = "s", Weights = weights, Allocations = [Allocation(1, 0, 4999), Allocation(2, 5000, 9999)] },
    };

    public static SplitDefinition Split(int coverage = 10_000, params long[] weights) => new()
    {
        Coverage = coverage,
        Weights = [.. weights.Select(static (weight, index) => new WeightDefinition { VariantId = Id(index + 1), Weight = weight })],
    };

    public static AllocationDefinition Allocation(int variant, int start, int end) =>
        new() { Id = Guid.NewGuid(), VariantId = Id(variant), RangeStart = start, RangeEnd = end };

    /// <summary>With variants "control" (id 1) and "green" (id 2), half each.</summary>
    public static ExperimentDefinition Experiment(int id, string key) => new()
    {
        Id = Id(id),
        EnvironmentId = Id(0),
        Key = key,
        Name = key,
        Salt = "salt",
        Status = ExperimentStatus.Running,
        Variants = [Variant(1, "control"), Variant(2, "green", """{"color":"#f00","size":1}""")],
        Allocations = [Allocation(1, 0, 4999), Allocation(2, 5000, 9999)],
        CreatedAt = Time,
        UpdatedAt = Time,
    };

    public static VariantDefinition Variant(int id, string key, string? payload = null) =>
        new() { Id = Id(id), Key = key, Name = key, Payload = payload is null ? null : JsonElement.Parse(payload) };

    public static LayerDefinition Layer(int id, string name, params (int Owner, string Key, int Start, int End)[] claims) => new()
    {
        Id = Id(id),
        EnvironmentId = Id(0),
        Name = name,
        Salt = "salt",
        Claims = [.. claims.Select(static claim => new LayerClaimDefinition
        {
            OwnerId = Id(claim.Owner),
            Key = claim.Key,
            Ranges = [new BucketRangeDefinition { RangeStart = claim.Start, RangeEnd = claim.End }],
        })],
        CreatedAt = Time,
        UpdatedAt = Time,
    };

    public static HoldoutDefinition Holdout(int id, string name, int share, string? tag = null) => new()
    {
        Id = Id(id),
        EnvironmentId = Id(0),
        Name = name,
        Share = share,
        Tag = tag,
        Salt = "salt",
        CreatedAt = Time,
        UpdatedAt = Time,
    };

    public static EnvironmentContent Of(params IDefinition[] definitions) => new()
    {
        Audiences = [.. definitions.OfType<AudienceDefinition>()],
        Experiments = [.. definitions.OfType<ExperimentDefinition>()],
        Flags = [.. definitions.OfType<FlagDefinition>()],
        Layers = [.. definitions.OfType<LayerDefinition>()],
        Holdouts = [.. definitions.OfType<HoldoutDefinition>()],
    };

    public static string[] Texts(EnvironmentContent before, EnvironmentContent after) =>
        [.. EnvironmentDifference.Between(before, after).Select(static change => change.Text)];

    public static string[] Texts(IDefinition before, IDefinition after) => Texts(Of(before), Of(after));
}
