using System.Text.Json;
using Experiments.Control.Definitions;
using Experiments.Control.Operations;
using Experiments.Control.Splits;

namespace Experiments.Control.Api.Requests;

/// <content>Flags, splits, layers and holdouts.</content>
internal static partial class RequestReaders
{
    private static readonly string[] s_serveMembers = ["variant", "experimentId", "split"];

    public static FlagInput ReadFlag(JsonFields body)
    {
        FlagType type = ParseFlagType(body.Text("type"));
        return new FlagInput
        {
            EnvironmentId = ParseId(body.Text("environmentId")),
            Key = body.Text("key"),
            Type = type,
            Content = ReadFlagChange(body),
        };
    }

    public static FlagChange ReadFlagChange(JsonFields body) => new()
    {
        Key = body.OptionalText("key"),
        Type = body.Find("type") is null ? default(Optional<FlagType>) : ParseFlagType(body.Text("type")),
        Name = body.OptionalText("name"),
        Description = body.OptionalTextOrNull("description"),
        Schema = body.Find("schema") is { } schema ? new Optional<JsonElement?>(true, NullToAbsent(schema)) : default,
        Tags = ReadOptionalTexts(body, "tags"),
        Enabled = body.OptionalBoolean("enabled"),
        Archived = body.OptionalBoolean("archived"),
        Off = body.OptionalTextOrNull("off"),
        Default = body.OptionalTextOrNull("default"),
        Variants = body.Find("variants") is null
            ? default
            : new Optional<IReadOnlyList<FlagVariantInput>>(true, body.Items("variants", ReadFlagVariant)),
        Overrides = ReadOptionalOverrides(body, "variant"),
        Rules = body.Find("rules") is null ? default : new Optional<IReadOnlyList<FlagRuleInput>>(true, body.Items("rules", ReadFlagRule)),
    };

    public static FlagRuleInput ReadFlagRule(JsonFields body) => new()
    {
        Id = body.TextOrNull("id") is { } id ? ParseId(id) : null,
        Name = body.TextOrNull("name"),
        AudienceId = body.TextOrNull("audienceId") is { } audienceId ? ParseId(audienceId) : null,
        TargetingRules = body.ItemsOrNone("targetingRules", ReadRule),
        Schedule = ReadSchedule(body),
        Prerequisites = body.ItemsOrNone("prerequisites", ReadPrerequisite),
        Serve = ReadServe(body.Object("serve")),
    };

    /// <param name="body">The split.</param>
    /// <param name="variant">How its weights name variants: by <c>variant</c>, the key, or by <c>variantId</c>.</param>
    public static SplitInput ReadSplit(JsonFields body, string variant) => new()
    {
        Weights = body.Items("weights", item => new WeightInput(VariantNameOf(item, variant), item.Long("weight"))),
        Coverage = body.Coverage("coverage"),
        Ramp = body.ItemsOrNone("ramp", static item => new RampStepInput(item.Time("at"), item.Coverage("coverage"))),
        LayerId = ReadLayerId(body),
        Unit = body.TextOrNull("unit"),
    };

    public static LayerInput ReadLayer(JsonFields body) => new()
    {
        Name = body.Text("name"),
        EnvironmentId = ParseId(body.Text("environmentId")),
        Unit = body.TextOrNull("unit"),
    };

    public static HoldoutInput ReadHoldout(JsonFields body) => new()
    {
        Name = body.Text("name"),
        EnvironmentId = ParseId(body.Text("environmentId")),
        Tag = body.TextOrNull("tag"),
        Share = body.Coverage("share"),
    };

    public static HoldoutChange ReadHoldoutChange(JsonFields body) => new()
    {
        Name = body.OptionalText("name"),
        Tag = body.OptionalTextOrNull("tag"),
        Share = body.Find("share") is null ? default(Optional<Coverage>) : body.Coverage("share"),
    };

    /// <param name="body">With <c>overrides</c>.</param>
    /// <param name="variant">How they name variants.</param>
    public static OverrideInput[] ReadOverrides(JsonFields body, string variant) =>
        body.Items("overrides", item => new OverrideInput(item.Text("userKey"), VariantNameOf(item, variant)));

    public static Guid[] ReadIds(JsonFields body, string name) => [.. body.Texts(name).Select(ParseId)];

    /// <summary>Ids in the one form that they are compared in; keys as they are.</summary>
    private static string VariantNameOf(JsonFields item, string variant) =>
        item.Text(variant) is var text && variant == "variantId" && Guid.TryParse(text, out Guid id) ? id.ToString() : text;

    private static FlagType ParseFlagType(string name) => FlagTypes.TryParse(name, out FlagType type)
        ? type
        : throw JsonFields.Refuse($"type \"{name}\" is unknown; it must be one of {FlagTypes.AllNames}.");

    private static FlagVariantInput ReadFlagVariant(JsonFields item) => new(
        item.Text("key"),
        item.TextOrNull("name"),
        item.Find("value") ?? throw JsonFields.Refuse($"{item.PathOf("value")} is missing; every variant needs a value."));

    private static ServeInput ReadServe(JsonFields serve)
    {
        // As answers write it: a variant that is null beside another member says nothing.
        string[] given = [.. s_serveMembers.Where(name => serve.Find(name) is { ValueKind: not JsonValueKind.Null })];
        if (given.Length == 0 && serve.Find("variant") is not null)
        {
            return new ServeInput();
        }

        return given switch
        {
            ["variant"] => new ServeInput(Variant: serve.TextOrNull("variant")),
            ["experimentId"] => new ServeInput(ExperimentId: ParseId(serve.Text("experimentId"))),
            ["split"] => new ServeInput(Split: ReadSplit(serve.Object("split"), "variant")),
            _ => throw JsonFields.Refuse($"{serve.PathOf("variant")}, {serve.PathOf("experimentId")} and {serve.PathOf("split")}: exactly one of them is expected."),
        };
    }

    /// <summary>The id of a layer, in <c>layerId</c> or <c>layer</c>.</summary>
    private static Guid? ReadLayerId(JsonFields body) => (body.TextOrNull("layerId") ?? body.TextOrNull("layer")) is { } id ? ParseId(id) : null;

    private static ScheduleDefinition? ReadSchedule(JsonFields body) => body.ObjectOrNull("schedule") is not { } schedule
        ? null
        : new ScheduleDefinition { From = schedule.TimeOrNull("from"), Until = schedule.TimeOrNull("until") };

    private static PrerequisiteDefinition ReadPrerequisite(JsonFields item) =>
        new() { FlagKey = item.Text("flag"), Variants = item.Texts("variants") };

    private static Optional<IReadOnlyList<string>> ReadOptionalTexts(JsonFields body, string name) =>
        body.Find(name) is null ? default : new Optional<IReadOnlyList<string>>(true, body.Texts(name));

    private static Optional<IReadOnlyList<OverrideInput>> ReadOptionalOverrides(JsonFields body, string variant) =>
        body.Find("overrides") is null ? default(Optional<IReadOnlyList<OverrideInput>>) : ReadOverrides(body, variant);
}
