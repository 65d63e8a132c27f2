using System.Text;
using System.Text.Json;
using Experiments.Client.Snapshots;
using Experiments.Client.Snapshots.Loading;
using Experiments.Client.Targeting;
using Experiments.Control.Compilation;
using Experiments.Control.Definitions;

namespace Experiments.Control.Tests.Compilation;

public sealed class SnapshotCompilationTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, 67, TimeSpan.Zero);

    private static readonly EnvironmentDefinition Environment =
        new() { Id = Guid.NewGuid(), Name = "prod \u00fc\"/<", CreatedAt = Now, UpdatedAt = Now };

    [Fact]
    public void Write_Everything_IsTheDocumentOfTheContract()
    {
        var audience = new AudienceDefinition
        {
            Id = Guid.NewGuid(),
            EnvironmentId = Environment.Id,
            Name = "not in the snapshot",
            Rules = [RuleOf("country", "eq", "\"DE\"")],
            CreatedAt = Now,
            UpdatedAt = Now,
        };
        ExperimentDefinition experiment = Experiment("checkout") with
        {
            Description = "not in the snapshot",
            Status = ExperimentStatus.Running,
            AudienceId = audience.Id,
            TargetingRules = [RuleOf("plan", "in", "[\"pro\", 1.50]")],
            Variants = [Variant(1, "control", null), Variant(2, "treatment", """{"color": "<b>\u00fc"}""")],
            Allocations = [Allocation(1, 0, 4999), Allocation(2, 5000, 9999)],
        };

        string json = Write(version: 7, [experiment], audience);

        Assert.Equal(
            $$$"""
            {"version":7,"environment":"prod ü\"/<","publishedAt":"2026-01-02T03:04:05.067Z","experiments":[
            {"id":"{{{experiment.Id}}}","key":"checkout","salt":"salt of checkout",
            "audienceRules":[{"conditions":[{"attribute":"country","operator":"eq","value":"DE"}]}],
            "targetingRules":[{"conditions":[{"attribute":"plan","operator":"in","value":["pro",1.50]}]}],
            "variants":[{"id":"00000000-0000-0000-0000-000000000001","key":"control"},
            {"id":"00000000-0000-0000-0000-000000000002","key":"treatment","payload":{"color":"<b>ü"}}],
            "allocations":[{"variantId":"00000000-0000-0000-0000-000000000001","rangeStart":0,"rangeEnd":4999},
            {"variantId":"00000000-0000-0000-0000-000000000002","rangeStart":5000,"rangeEnd":9999}]}]}
            """.Replace("\n", "", StringComparison.Ordinal).Replace("\r", "", StringComparison.Ordinal),
            json);
    }

    [Fact]
    public void Write_NothingRunning_IsAnEmptyList() =>
        Assert.EndsWith("\"experiments\":[]}", Write(version: 1, []), StringComparison.Ordinal);

    [Fact]
    public void Write_WithoutAudience_HasNoAudienceRules() =>
        Assert.Contains("\"audienceRules\":[],\"targetingRules\":[]", Write(version: 1, [Experiment("a")]), StringComparison.Ordinal);

    [Fact]
    public void Compile_AudienceThatIsNotThere_Throws() =>
        Assert.ThrowsAny<InvalidDataException>(() => Write(version: 1, [Experiment("a") with { AudienceId = Guid.NewGuid() }]));

    [Fact]
    public void Write_ExperimentsAndVariants_StayInTheirOrder()
    {
        ExperimentDefinition first = Experiment("b") with { Variants = [Variant(2, "y", null), Variant(1, "x", null)] };

        JsonElement snapshot = JsonElement.Parse(Write(version: 1, [first, Experiment("c"), Experiment("a")]));

        Assert.Equal(["b", "c", "a"], Support.Shapes.Column(snapshot.GetProperty("experiments"), "key"));
        Assert.Equal(["y", "x"], Support.Shapes.Column(snapshot.GetProperty("experiments")[0].GetProperty("variants"), "key"));
    }

    [Theory]
    [InlineData("""{"big":123456789012345678901234567890.0100,"e":1e400}""")]
    [InlineData("""{"a":1,"a":2,"":null}""")]
    [InlineData("{}")]
    public void Write_Payload_KeepsEveryDigitAndMember(string payload)
    {
        ExperimentDefinition experiment = Experiment("a") with { Variants = [Variant(1, "v", payload)] };

        Assert.Contains($"\"payload\":{payload}", Write(version: 1, [experiment]), StringComparison.Ordinal);
    }

    private static string Write(long version, ExperimentDefinition[] experiments, params AudienceDefinition[] audiences)
    {
        ReadOnlyMemory<byte> json = SnapshotCompilation.Compile(
            Environment, new EnvironmentContent { Experiments = experiments, Audiences = audiences }, version, Now);
        SnapshotLoad load = SnapshotReader.Read(json, Environment.Name, version);
        Assert.Empty(load.Faults);
        Assert.Equal(experiments.Select(experiment => experiment.Key), load.Snapshot!.Flags.Select(experiment => experiment.Key));
        return Encoding.UTF8.GetString(json.Span);
    }

    private static ExperimentDefinition Experiment(string key) => new()
    {
        Id = Guid.NewGuid(),
        EnvironmentId = Environment.Id,
        Key = key,
        Name = "not in the snapshot",
        Salt = $"salt of {key}",
        CreatedAt = Now,
        UpdatedAt = Now,
    };

    private static VariantDefinition Variant(int id, string key, string? payload) =>
        new() { Id = IdOf(id), Key = key, Name = "not in the snapshot", Payload = payload is null ? null : JsonElement.Parse(payload) };

    private static AllocationDefinition Allocation(int variantId, int start, int end) =>
        new() { Id = Guid.NewGuid(), VariantId = IdOf(variantId), RangeStart = start, RangeEnd = end };

    private static TargetingRuleDocument RuleOf(string attribute, string @operator, string value) =>
        new() { Conditions = [new ConditionDocument { Attribute = attribute, Operator = @operator, Value = JsonElement.Parse(value) }] };

    private static Guid IdOf(int number) => new(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte)number);
}
