using System.Text;
using System.Text.Json;
using Experiments.Client.Snapshots.Loading;
using Experiments.Client.Targeting;
using Experiments.Control.Compilation;
using Experiments.Control.Definitions;

namespace Experiments.Control.Tests.Compilation;

/// <summary>
/// An environment that uses every feature, compiled: <c>tests/vectors/compiled-features.json</c>. The SDK's tests decide that file with the
/// engine and with the slow interpreter.
/// </summary>
public sealed class CompiledFeaturesTests
{
    private static readonly DateTimeOffset s_time = new(2026, 11, 24, 0, 0, 0, TimeSpan.Zero);
    private static readonly Guid s_environmentId = Id(1);

    [Fact]
    public void Compile_EveryFeature_IsTheFileThatTheSdkIsTestedWith()
    {
        var environment = new EnvironmentDefinition { Id = s_environmentId, Name = "prod", CreatedAt = s_time, UpdatedAt = s_time };
        byte[] compiled = SnapshotCompilation.Compile(environment, Content(), version: 7, s_time).ToArray();
        Assert.Empty(SnapshotReader.Read(compiled, "prod", 7).Faults);
        Assert.Empty(SnapshotWarnings.Find(compiled));
        string expected = File.ReadAllText(Repository.PathOf("tests", "vectors", "compiled-features.json")).TrimEnd();
        Assert.True(expected == Encoding.UTF8.GetString(compiled), Encoding.UTF8.GetString(compiled));
    }

    private static EnvironmentContent Content()
    {
        AudienceDefinition staff = new()
        {
            Id = Id(10), EnvironmentId = s_environmentId, Name = "staff", Rules = Rules("email", "endsWith", """["@corp.example"]"""),
            CreatedAt = s_time, UpdatedAt = s_time,
        };
        ExperimentDefinition plain = Experiment(20, "plain") with { TargetingRules = Rules("country", "in", """["US","CA"]""") };
        ExperimentDefinition layered = Experiment(21, "layered") with
        {
            Split = Split(2_500, Id(30)) with { Ramp = [new RampStepDefinition { At = s_time.AddDays(7), Coverage = 5_000 }] },
            Unit = "account",
            Schedule = new ScheduleDefinition { From = s_time.AddDays(1), Until = s_time.AddDays(30) },
            Prerequisites = [new PrerequisiteDefinition { FlagKey = "gate", Variants = ["on"] }],
            Overrides = [new OverrideDefinition { UserKey = "user-7", VariantId = Id(212) }],
            Tags = ["ui"],
        };
        ExperimentDefinition served = Experiment(22, "served") with
        {
            Overrides = [new OverrideDefinition { UserKey = "user-8", VariantId = Id(222) }],
        };
        return new EnvironmentContent
        {
            Audiences = [staff],
            Experiments = [plain, layered, served],
            Layers =
            [
                new LayerDefinition
                {
                    Id = Id(30), EnvironmentId = s_environmentId, Name = "checkout", Salt = "layer-salt", CreatedAt = s_time, UpdatedAt = s_time,
                    Claims =
                    [
                        new LayerClaimDefinition { OwnerId = layered.Id, Key = "layered", Ranges = [new BucketRangeDefinition { RangeStart = 1_000, RangeEnd = 5_999 }] },
                        new LayerClaimDefinition { OwnerId = Id(51), Key = "price", Ranges = [new BucketRangeDefinition { RangeStart = 6_000, RangeEnd = 9_999 }] },
                    ],
                },
            ],
            Holdouts =
            [
                new HoldoutDefinition { Id = Id(40), EnvironmentId = s_environmentId, Name = "ui", Tag = "ui", Share = 1_000, Salt = "holdout-salt", CreatedAt = s_time, UpdatedAt = s_time },
            ],
            Flags = [Gate(), Price(staff.Id), Serving(served)],
        };
    }

    private static FlagDefinition Gate() => Flag(60, "gate", FlagType.Boolean) with
    {
        Rules = [new FlagRuleDefinition { Id = Id(50), Name = "beta", TargetingRules = Rules("beta", "eq", "true"), VariantId = Id(601) }],
    };

    private static FlagDefinition Price(Guid audienceId) => Flag(61, "price", FlagType.Json) with
    {
        Tags = ["ui"],
        Overrides = [new OverrideDefinition { UserKey = "user-3", VariantId = Id(611) }, new OverrideDefinition { UserKey = "user-ö", VariantId = Id(612) }],
        Rules =
        [
            new FlagRuleDefinition { Id = Id(52), Name = "staff", AudienceId = audienceId, VariantId = Id(611) },
            new FlagRuleDefinition
            {
                Id = Id(51),
                Name = "test",
                TargetingRules = [.. Rules("version", "semverGte", "\"2.0.0\""), .. Rules("age", "gte", "18")],
                Prerequisites = [new PrerequisiteDefinition { FlagKey = "gate", Variants = ["on"] }],
                Split = new RuleSplitDefinition
                {
                    Salt = "price-salt",
                    Unit = null,
                    Weights = Split(4_000, Id(30), 611, 612),
                    Allocations = [Range(611, 0, 4_999), Range(612, 5_000, 9_999)],
                },
            },
            new FlagRuleDefinition { Id = Id(53), Name = "closing", Schedule = new ScheduleDefinition { Until = s_time.AddDays(14) }, VariantId = Id(612) },
            new FlagRuleDefinition { Id = Id(54), Name = "fallback", TargetingRules = Rules("plan", "eq", "null") },
        ],
    };

    private static FlagDefinition Serving(ExperimentDefinition served) => Flag(62, "served", FlagType.Json) with
    {
        IsEnabled = true,
        Variants = [Variant(621, "a", "1"), Variant(622, "b", "2")],
        OffVariantId = Id(621),
        DefaultVariantId = null,
        Rules = [new FlagRuleDefinition { Id = Id(55), TargetingRules = Rules("country", "neq", "\"DE\""), ExperimentId = served.Id }],
    };

    private static FlagDefinition Flag(int id, string key, FlagType type) => new()
    {
        Id = Id(id), EnvironmentId = s_environmentId, Key = key, Name = key, Type = type, IsEnabled = true,
        Variants = type == FlagType.Boolean
            ? [Variant((id * 10) + 1, "on", "true"), Variant((id * 10) + 2, "off", "false")]
            : [Variant((id * 10) + 1, "low", """{"price":9}"""), Variant((id * 10) + 2, "high", """{"price":12}""")],
        OffVariantId = Id((id * 10) + 2),
        DefaultVariantId = Id((id * 10) + 2),
        CreatedAt = s_time, UpdatedAt = s_time,
    };

    private static FlagVariantDefinition Variant(int id, string key, string value) => new() { Id = Id(id), Key = key, Value = JsonElement.Parse(value) };

    private static ExperimentDefinition Experiment(int id, string key) => new()
    {
        Id = Id(id), EnvironmentId = s_environmentId, Key = key, Name = key, Salt = $"salt-{key}", Status = ExperimentStatus.Running,
        Variants =
        [
            new VariantDefinition { Id = Id((id * 10) + 1), Key = "a", Name = "A", Payload = JsonElement.Parse("""{"n":1}""") },
            new VariantDefinition { Id = Id((id * 10) + 2), Key = "b", Name = "B" },
        ],
        Allocations = [Range((id * 10) + 1, 0, 4_999), Range((id * 10) + 2, 5_000, 9_999)],
        CreatedAt = s_time, UpdatedAt = s_time,
    };

    private static SplitDefinition Split(int coverage, Guid? layerId, int first = 211, int second = 212) => new()
    {
        Weights = [new WeightDefinition { VariantId = Id(first), Weight = 1 }, new WeightDefinition { VariantId = Id(second), Weight = 1 }],
        Coverage = coverage,
        LayerId = layerId,
    };

    private static AllocationDefinition Range(int variantId, int start, int end) =>
        new() { Id = Id(variantId + 10_000), VariantId = Id(variantId), RangeStart = start, RangeEnd = end };

    private static TargetingRuleDocument[] Rules(string attribute, string op, string value) =>
    [
        new TargetingRuleDocument { Conditions = [new ConditionDocument { Attribute = attribute, Operator = op, Value = JsonElement.Parse(value) }] },
    ];

    private static Guid Id(int number) => new(number, 0, 0, new byte[8]);
}
