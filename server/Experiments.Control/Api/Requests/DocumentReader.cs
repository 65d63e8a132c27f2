using System.Text.Json;
using Experiments.Client.Targeting;
using Experiments.Control.Operations;
using Experiments.Control.Transfer;

namespace Experiments.Control.Api.Requests;

/// <summary>JSON to a document. A member that is unknown is refused: a mistyped one would be dropped, and the document mean something else.</summary>
internal static class DocumentReader
{
    private static readonly string[] s_serveMembers = ["variant", "experiment", "split"];

    public static TransferDocument Read(JsonFields body)
    {
        body.Only("format", "environment", "audiences", "layers", "holdouts", "experiments", "flags");
        string format = body.Text("format");
        return new TransferDocument
        {
            Format = format == TransferDocument.CurrentFormat
                ? format
                : throw JsonFields.Refuse($"format \"{format}\" is unknown; this server reads {TransferDocument.CurrentFormat}."),
            Environment = body.TextOrNull("environment"),
            Audiences = ItemsOrNull(body, "audiences", static item => new AudienceEntry(
                item.Only("name", "rules").Text("name"), item.Items("rules", ReadRule))),
            Layers = ItemsOrNull(body, "layers", static item => new LayerEntry(
                item.Only("name", "unit", "salt").Text("name"), item.TextOrNull("unit"), item.TextOrNull("salt"))),
            Holdouts = ItemsOrNull(body, "holdouts", static item => new HoldoutEntry(
                item.Only("name", "tag", "share", "salt").Text("name"), item.TextOrNull("tag"), item.Coverage("share").Share, item.TextOrNull("salt"))),
            Experiments = ItemsOrNull(body, "experiments", ReadExperiment),
            Flags = ItemsOrNull(body, "flags", ReadFlag),
        };
    }

    private static ExperimentEntry ReadExperiment(JsonFields item)
    {
        item.Only(
            "key", "name", "description", "status", "salt", "tags", "audience", "targetingRules", "variants", "split", "allocations", "unit",
            "schedule", "prerequisites", "overrides");
        return new ExperimentEntry
        {
            Key = item.Text("key"),
            Name = item.Text("name"),
            Description = item.TextOrNull("description"),
            Status = item.Text("status"),
            Salt = item.TextOrNull("salt"),
            Tags = TextsOrNull(item, "tags"),
            Audience = item.TextOrNull("audience"),
            TargetingRules = ReadRules(item),
            Variants = ItemsOrNull(item, "variants", static one => new ExperimentVariantEntry(
                one.Only("key", "name", "payload").Text("key"), one.Text("name"), ValueOrNull(one, "payload"))),
            Split = item.ObjectOrNull("split") is { } split
                ? ReadSplit(split.Only("weights", "coverage", "ramp", "layer", "claim", "entered", "allocations"))
                : null,
            Allocations = ReadAllocations(item),
            Unit = item.TextOrNull("unit"),
            Schedule = ReadSchedule(item),
            Prerequisites = ItemsOrNull(item, "prerequisites", ReadPrerequisite),
            Overrides = ItemsOrNull(item, "overrides", ReadOverride),
        };
    }

    private static FlagEntry ReadFlag(JsonFields item)
    {
        item.Only(
            "key", "name", "description", "type", "schema", "tags", "enabled", "archived", "off", "default", "variants", "overrides", "rules");
        Optional<bool> enabled = item.OptionalBoolean("enabled");
        return new FlagEntry
        {
            Key = item.Text("key"),
            Name = item.Text("name"),
            Description = item.TextOrNull("description"),
            Type = item.Text("type"),
            Schema = ValueOrNull(item, "schema"),
            Tags = TextsOrNull(item, "tags"),
            Enabled = enabled.IsPresent ? enabled.Value : throw JsonFields.Refuse($"{item.PathOf("enabled")} is missing; a boolean is expected."),
            Archived = item.BooleanOr("archived", fallback: false) ? true : null,
            Off = item.TextOrNull("off"),
            Default = item.TextOrNull("default"),
            Variants = ItemsOrNull(item, "variants", static one => new FlagVariantEntry(
                one.Only("key", "name", "value").Text("key"), one.TextOrNull("name"), Value(one))),
            Overrides = ItemsOrNull(item, "overrides", ReadOverride),
            Rules = ItemsOrNull(item, "rules", ReadFlagRule),
        };
    }

    private static FlagRuleEntry ReadFlagRule(JsonFields item)
    {
        item.Only("name", "audience", "targetingRules", "schedule", "prerequisites", "serve");
        return new FlagRuleEntry
        {
            Name = item.TextOrNull("name"),
            Audience = item.TextOrNull("audience"),
            TargetingRules = ReadRules(item),
            Schedule = ReadSchedule(item),
            Prerequisites = ItemsOrNull(item, "prerequisites", ReadPrerequisite),
            Serve = ReadServe(item.Object("serve").Only(s_serveMembers)),
        };
    }

    private static ServeEntry ReadServe(JsonFields serve) =>
        s_serveMembers.Count(name => serve.Find(name) is { ValueKind: not JsonValueKind.Null }) > 1
            ? throw JsonFields.Refuse(
                $"{serve.PathOf("variant")}, {serve.PathOf("experiment")} and {serve.PathOf("split")}: at most one of them is expected.")
            : new ServeEntry(
                serve.TextOrNull("variant"),
                serve.TextOrNull("experiment"),
                serve.ObjectOrNull("split") is { } split
                    ? ReadSplit(split.Only("weights", "coverage", "ramp", "layer", "claim", "entered", "unit", "salt", "allocations"))
                    : null);

    private static SplitEntry ReadSplit(JsonFields split) => new()
    {
        Weights = split.Longs("weights"),
        Coverage = split.Coverage("coverage").Share,
        Ramp = ItemsOrNull(split, "ramp", static step => new RampStepEntry(
            step.Only("at", "coverage").Time("at"), step.Coverage("coverage").Share)),
        Layer = split.TextOrNull("layer"),
        Claim = IsGiven(split, "claim") ? split.Items("claim", ReadRange) : null,
        Entered = ItemsOrNull(split, "entered", ReadRange),
        Unit = split.TextOrNull("unit"),
        Salt = split.TextOrNull("salt"),
        Allocations = ReadAllocations(split),
    };

    private static RangeEntry ReadRange(JsonFields range) =>
        new(range.Only("rangeStart", "rangeEnd").Integer("rangeStart"), range.Integer("rangeEnd"));

    private static AllocationEntry[]? ReadAllocations(JsonFields item) => ItemsOrNull(item, "allocations", static one => new AllocationEntry(
        one.Only("variant", "rangeStart", "rangeEnd").Text("variant"), one.Integer("rangeStart"), one.Integer("rangeEnd")));

    private static ScheduleEntry? ReadSchedule(JsonFields item) => item.ObjectOrNull("schedule") is { } schedule
        ? new ScheduleEntry(schedule.Only("from", "until").TimeOrNull("from"), schedule.TimeOrNull("until"))
        : null;

    private static PrerequisiteEntry ReadPrerequisite(JsonFields item) => new(item.Only("flag", "variants").Text("flag"), item.Texts("variants"));

    private static OverrideEntry ReadOverride(JsonFields item) => new(item.Only("userKey", "variant").Text("userKey"), item.Text("variant"));

    private static TargetingRuleDocument[]? ReadRules(JsonFields item) => ItemsOrNull(item, "targetingRules", ReadRule);

    private static TargetingRuleDocument ReadRule(JsonFields rule) => new() { Conditions = rule.Only("conditions").Items("conditions", ReadCondition) };

    private static ConditionDocument ReadCondition(JsonFields condition) => new()
    {
        Attribute = condition.Only("attribute", "operator", "value").Text("attribute"),
        Operator = condition.Text("operator"),
        Value = Value(condition),
    };

    private static JsonElement Value(JsonFields item) => DocumentJson.Compact(
        item.Find("value") ?? throw JsonFields.Refuse($"{item.PathOf("value")} is missing; null is a value too."));

    private static JsonElement? ValueOrNull(JsonFields item, string name) =>
        IsGiven(item, name) ? DocumentJson.Compact(item.Find(name)!.Value) : null;

    private static string[]? TextsOrNull(JsonFields item, string name) => IsGiven(item, name) && item.Texts(name) is { Length: > 0 } texts ? texts : null;

    private static T[]? ItemsOrNull<T>(JsonFields item, string name, Func<JsonFields, T> read) =>
        IsGiven(item, name) && item.Items(name, read) is { Length: > 0 } items ? items : null;

    private static bool IsGiven(JsonFields item, string name) => item.Find(name) is { ValueKind: not JsonValueKind.Null };
}
