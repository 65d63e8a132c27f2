using System.Text.Json;
using Experiments.Client.Targeting;
using Experiments.Control.Definitions;
using Experiments.Control.Operations;

namespace Experiments.Control.Api.Requests;

/// <summary>JSON bodies to the inputs of operations. Only types are checked here; what makes sense is the operations' business.</summary>
internal static partial class RequestReaders
{
    // An id that is no UUID is an id that nothing has: the empty one is found nowhere.
    private static readonly Guid UnknownId = Guid.Empty;

    private const int IdLength = 36;

    public static EnvironmentInput ReadEnvironment(JsonFields body) => new() { Name = body.Text("name") };

    public static EnvironmentChange ReadEnvironmentChange(JsonFields body)
    {
        Optional<string> publish = body.OptionalText("publish");
        return !publish.IsPresent ? new EnvironmentChange()
            : PublishModes.TryParse(publish.Value!, out PublishMode mode) ? new EnvironmentChange { Publish = mode }
            : throw JsonFields.Refuse($"publish \"{publish.Value}\" is unknown; it must be one of {PublishModes.AllNames}.");
    }

    public static AudienceInput ReadAudience(JsonFields body) => new()
    {
        Name = body.Text("name"),
        EnvironmentId = ParseId(body.Text("environmentId")),
        Rules = body.Items("rules", ReadRule),
    };

    public static AudienceChange ReadAudienceChange(JsonFields body) => new()
    {
        Name = body.OptionalText("name"),
        Rules = ReadOptionalRules(body, "rules"),
    };

    public static ExperimentInput ReadExperiment(JsonFields body) => new()
    {
        Key = body.Text("key"),
        Name = body.Text("name"),
        EnvironmentId = ParseId(body.Text("environmentId")),
        Description = body.TextOrNull("description"),
        AudienceId = body.TextOrNull("audienceId") is { } id ? ParseId(id) : null,
        TargetingRules = body.ItemsOrNone("targetingRules", ReadRule),
        Tags = body.Find("tags") is null ? [] : body.Texts("tags"),
    };

    public static ExperimentChange ReadExperimentChange(JsonFields body)
    {
        Optional<string> audienceId = body.OptionalTextOrNull("audienceId");
        return new ExperimentChange
        {
            Name = body.OptionalText("name"),
            Description = body.OptionalTextOrNull("description"),
            AudienceId = audienceId.IsPresent ? new Optional<Guid?>(true, audienceId.Value is { } id ? ParseId(id) : null) : default,
            TargetingRules = ReadOptionalRules(body, "targetingRules"),
            Tags = ReadOptionalTexts(body, "tags"),
            Schedule = body.Find("schedule") is null ? default : new Optional<ScheduleDefinition?>(true, ReadSchedule(body)),
            Prerequisites = body.Find("prerequisites") is null
                ? default
                : new Optional<IReadOnlyList<PrerequisiteDefinition>>(true, body.Items("prerequisites", ReadPrerequisite)),
            Unit = body.OptionalTextOrNull("unit"),
            Overrides = ReadOptionalOverrides(body, "variantId"),
        };
    }

    public static ExperimentStatus ReadStatus(JsonFields body) => ParseStatus(body.Text("status"));

    public static ExperimentStatus ParseStatus(string name) => ExperimentLifecycle.TryParse(name, out ExperimentStatus status)
        ? status
        : throw JsonFields.Refuse($"status \"{name}\" is unknown; it must be one of {ExperimentLifecycle.AllNames}.");

    public static VariantInput ReadVariant(JsonFields body) => new()
    {
        Key = body.Text("key"),
        Name = body.Text("name"),
        Payload = NullToAbsent(body.Find("payload")),
    };

    public static VariantUpdate ReadVariantUpdate(Guid id, JsonFields body) => new()
    {
        Id = id,
        Name = body.OptionalText("name"),
        Payload = body.Find("payload") is { } payload ? new Optional<JsonElement?>(true, NullToAbsent(payload)) : default,
    };

    public static VariantBatch ReadVariantBatch(JsonFields body) => new()
    {
        Create = body.ItemsOrNone("create", ReadVariant),
        Update = body.ItemsOrNone("update", static item => ReadVariantUpdate(ParseId(item.Text("id")), item)),
        Delete = body.ItemsOrNone("delete", static item => new VariantReference(ParseId(item.Text("id")))),
    };

    public static AllocationInput[] ReadAllocations(JsonFields body) => body.Items("allocations", static item => new AllocationInput(
        ParseId(item.Text("variantId")), item.Integer("rangeStart"), item.Integer("rangeEnd")));

    // The length, because blanks around an id would be parsed away.
    public static Guid ParseId(string id) => id.Length == IdLength && Guid.TryParseExact(id, "D", out Guid parsed) ? parsed : UnknownId;

    private static Optional<TargetingRuleDocument[]> ReadOptionalRules(JsonFields body, string name) =>
        body.Find(name) is null ? default : new Optional<TargetingRuleDocument[]>(true, body.Items(name, ReadRule));

    private static TargetingRuleDocument ReadRule(JsonFields rule) => new() { Conditions = rule.Items("conditions", ReadCondition) };

    private static ConditionDocument ReadCondition(JsonFields condition) => new()
    {
        Attribute = condition.Text("attribute"),
        Operator = condition.Text("operator"),
        Value = condition.Find("value")
            ?? throw JsonFields.Refuse($"{condition.PathOf("value")} is missing; every condition needs an operand."),
    };

    private static JsonElement? NullToAbsent(JsonElement? value) => value is { ValueKind: JsonValueKind.Null } ? null : value;
}
