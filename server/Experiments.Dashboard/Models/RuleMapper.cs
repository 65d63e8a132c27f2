using System.Text.Json;
using System.Text.Json.Nodes;
using Experiments.Control.Api.Requests;
using Experiments.Control.Api.Responses;
using Experiments.Control.Operations;

namespace Experiments.Dashboard.Models;

/// <summary>
/// Targeting rules between the API's JSON and the rule builder. Control's readers of requests and answers do the rest, because the SDK's
/// own documents are not for the dashboard.
/// </summary>
internal static class RuleMapper
{
    /// <param name="rules">An array as answers write it.</param>
    public static List<RuleModel> Read(JsonElement rules) => rules.ValueKind != JsonValueKind.Array ? [] :
    [
        .. rules.EnumerateArray().Select(static rule => new RuleModel
        {
            Conditions =
            [
                .. rule.GetProperty("conditions").EnumerateArray().Select(static one => ConditionModel.Of(
                    one.GetProperty("attribute").GetString()!,
                    one.GetProperty("operator").GetString()!,
                    one.TryGetProperty("value", out JsonElement value) ? value : default)),
            ],
        }),
    ];

    /// <summary>As requests write it.</summary>
    public static JsonArray Write(IEnumerable<RuleModel> rules) =>
    [
        .. rules.Select(static rule => new JsonObject
        {
            ["conditions"] = new JsonArray([.. rule.Conditions.Select(static one => new JsonObject
            {
                ["attribute"] = one.Attribute.Trim(),
                ["operator"] = one.Operator,
                ["value"] = NodeOf(one.ToValue()),
            })]),
        }),
    ];

    /// <summary>What lacks or is wrong before the rules can be stored; null where nothing does.</summary>
    public static string? FaultOf(IReadOnlyList<RuleModel> rules) => rules.Index()
        .SelectMany(static rule => rule.Item.Conditions.Index().Select(condition => FaultOf(condition.Item) is { } fault
            ? $"Condition {condition.Index + 1} of rule {rule.Index + 1}{fault}"
            : null))
        .FirstOrDefault(static fault => fault is not null);

    private static string? FaultOf(ConditionModel condition) => condition.LacksOperand ? " has no value. For an empty text type two quotes: \"\"."
        : OperandFaults.Of(condition) is { } fault ? $": {fault}" : null;

    public static List<RuleModel> Of(AudienceView audience) => Read(JsonSerializer.SerializeToElement(
        AudienceResponse.From(audience), ControlJsonContext.Readable.AudienceResponse).GetProperty("rules"));

    public static List<RuleModel> Of(ExperimentView experiment) => Read(JsonSerializer.SerializeToElement(
        ExperimentResponse.From(experiment), ControlJsonContext.Readable.ExperimentResponse).GetProperty("targetingRules"));

    public static AudienceInput NewAudience(Guid environmentId, string name, IEnumerable<RuleModel> rules) => RequestReaders.ReadAudience(
        Body(new JsonObject { ["name"] = name, ["environmentId"] = environmentId.ToString(), ["rules"] = Write(rules) }));

    public static AudienceChange AudienceChange(string name, IEnumerable<RuleModel> rules) =>
        RequestReaders.ReadAudienceChange(Body(new JsonObject { ["name"] = name, ["rules"] = Write(rules) }));

    public static ExperimentChange ExperimentChange(IEnumerable<RuleModel> rules) =>
        RequestReaders.ReadExperimentChange(Body(new JsonObject { ["targetingRules"] = Write(rules) }));

    /// <summary>For the readers of requests.</summary>
    public static JsonFields Body(JsonObject body) => new(JsonSerializer.SerializeToElement(body), "");

    public static JsonElement WriteElement(IEnumerable<RuleModel> rules) => JsonSerializer.SerializeToElement(Write(rules));

    // Null is a node that is not there.
    private static JsonNode? NodeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => JsonArray.Create(value),
        JsonValueKind.Object => JsonObject.Create(value),
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        _ => JsonValue.Create(value),
    };
}
