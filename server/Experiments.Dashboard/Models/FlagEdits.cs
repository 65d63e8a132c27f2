using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Experiments.Control.Api.Responses;
using Experiments.Control.Definitions;
using Experiments.Control.Operations;

namespace Experiments.Dashboard.Models;

/// <summary>Flags between what is stored and what is edited.</summary>
internal static class FlagEdits
{
    private static readonly JsonSerializerOptions s_indented = new()
    {
        WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 1024,
    };

    /// <param name="view">As stored.</param>
    /// <param name="names">Of what its rules name.</param>
    public static FlagEdit Of(FlagView view, FlagNames names)
    {
        FlagDefinition flag = view.Flag;
        JsonElement rules = JsonSerializer.SerializeToElement(FlagResponse.From(view), ControlJsonContext.Readable.FlagResponse).GetProperty("rules");
        return new FlagEdit
        {
            Name = flag.Name,
            Description = flag.Description ?? "",
            Tags = string.Join(", ", flag.Tags),
            Type = FlagTypes.NameOf(flag.Type),
            Schema = flag.Schema is { } schema ? Indented(schema) : "",
            Off = FlagInputs.KeyOf(flag, flag.OffVariantId) ?? "",
            Default = FlagInputs.KeyOf(flag, flag.DefaultVariantId) ?? "",
            Variants = [.. flag.Variants.Select(one => new FlagVariantEdit
            {
                Key = one.Key,
                Name = one.Name ?? "",
                Value = flag.Type == FlagType.String ? one.Value.GetString()! : Indented(one.Value),
                IsStored = true,
            })],
            Rules = [.. flag.Rules.Select((rule, index) => RuleOf(flag, rule, rules[index].GetProperty("targetingRules"), names))],
            Overrides = [.. flag.Overrides.Select(one => new OverrideEdit { Subject = one.UserKey, Variant = FlagInputs.KeyOf(flag, one.VariantId) ?? "" })],
        };
    }

    private static FlagRuleEdit RuleOf(FlagDefinition flag, FlagRuleDefinition rule, JsonElement targeting, FlagNames names) => new()
    {
        Id = rule.Id,
        Name = rule.Name ?? "",
        Audience = names.NameOfAudience(rule.AudienceId),
        Targeting = RuleMapper.Read(targeting),
        From = TimeOf(rule.Schedule?.From),
        Until = TimeOf(rule.Schedule?.Until),
        Prerequisites = [.. rule.Prerequisites.Select(static one => new OverrideEdit { Subject = one.FlagKey, Variant = string.Join(", ", one.Variants) })],
        Serves = rule.Split is not null ? "split" : rule.ExperimentId is not null ? "experiment" : rule.VariantId is not null ? "variant" : "fallback",
        Variant = FlagInputs.KeyOf(flag, rule.VariantId) ?? "",
        Experiment = names.KeyOfExperiment(rule.ExperimentId),
        Weights = rule.Split?.Weights.Weights.ToDictionary(
            one => FlagInputs.KeyOf(flag, one.VariantId)!, static one => one.Weight.ToString(CultureInfo.InvariantCulture), StringComparer.Ordinal) ?? [],
        Coverage = rule.Split is { } split ? Percent(split.Weights.Coverage) : "100",
        Ramp = [.. (rule.Split?.Weights.Ramp ?? []).Select(static step => new RampStepEdit { At = TimeOf(step.At), Coverage = Percent(step.Coverage) })],
        LayerId = rule.Split?.Weights.LayerId?.ToString() ?? "",
        Unit = rule.Split?.Unit ?? "",
    };

    /// <summary>As a request would say it.</summary>
    /// <param name="edit">As typed.</param>
    /// <param name="names">Ids by the names that were typed; a name that is not in it is written as it is.</param>
    public static JsonObject Write(FlagEdit edit, FlagNames names) => new()
    {
        ["name"] = edit.Name.Trim(),
        ["description"] = TextOrNull(edit.Description),
        ["tags"] = Texts(edit.Tags),
        ["schema"] = edit.Schema.Trim().Length == 0 ? null : ValueOf("json", edit.Schema),
        ["off"] = TextOrNull(edit.Off),
        ["default"] = TextOrNull(edit.Default),
        ["variants"] = new JsonArray([.. edit.Variants.Select(one => new JsonObject
        {
            ["key"] = one.Key.Trim(), ["name"] = TextOrNull(one.Name), ["value"] = ValueOf(edit.Type, one.Value),
        })]),
        ["overrides"] = new JsonArray([.. edit.Overrides.Select(static one => new JsonObject { ["userKey"] = one.Subject, ["variant"] = one.Variant })]),
        ["rules"] = new JsonArray([.. edit.Rules.Select(rule => Write(rule, names))]),
    };

    public static JsonObject WriteSplit(FlagRuleEdit rule) => new()
    {
        ["weights"] = new JsonArray([.. rule.Weights.Where(static one => one.Value.Trim().Length > 0 && SplitShares.ParseWeight(one.Value) != 0)
            .Select(static one => new JsonObject { ["variant"] = one.Key, ["weight"] = Number(one.Value) })]),
        ["coverage"] = Share(rule.Coverage),
        ["ramp"] = new JsonArray([.. rule.Ramp.Select(static step => new JsonObject { ["at"] = Utc(step.At), ["coverage"] = Share(step.Coverage) })]),
        ["layerId"] = TextOrNull(rule.LayerId),
        ["unit"] = TextOrNull(rule.Unit),
    };

    /// <summary>What is wrong with a value; null where nothing is.</summary>
    public static string? Fault(string type, string value)
    {
        if (type == "string")
        {
            return null;
        }

        try
        {
            return FlagTypes.TryParse(type, out FlagType parsed) && FlagValues.Check(parsed, JsonElement.Parse(value)) is { } fault
                ? $"The value {fault}."
                : null;
        }
        catch (JsonException failure)
        {
            return value.Trim().Length == 0 ? "A value is missing." : Invariant($"Not valid JSON: line {failure.LineNumber + 1}, character {failure.BytePositionInLine + 1}.");
        }
    }

    public static string? Utc(string time) => time.Trim() is not { Length: > 0 } text ? null : text.EndsWith('Z') ? text : text + (text.Length == 16 ? ":00Z" : "Z");

    public static DateTimeOffset? TimeOf(string text) =>
        DateTimeOffset.TryParse(Utc(text), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset at) ? at : null;

    // Objects and lists on lines of their own; what is one value stays as it was written.
    private static string Indented(JsonElement value) =>
        value.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? JsonSerializer.Serialize(value, s_indented) : value.GetRawText();

    private static JsonObject Write(FlagRuleEdit rule, FlagNames names) => new()
    {
        ["id"] = rule.Id?.ToString(),
        ["name"] = TextOrNull(rule.Name),
        ["audienceId"] = TextOrNull(names.IdOfAudience(rule.Audience)),
        ["targetingRules"] = RuleMapper.Write(rule.Targeting),
        ["schedule"] = rule.From.Length + rule.Until.Length == 0 ? null : new JsonObject { ["from"] = Utc(rule.From), ["until"] = Utc(rule.Until) },
        ["prerequisites"] = new JsonArray([.. rule.Prerequisites.Select(static one => new JsonObject { ["flag"] = one.Subject.Trim(), ["variants"] = Texts(one.Variant) })]),
        ["serve"] = rule.Serves switch
        {
            "split" => new JsonObject { ["split"] = WriteSplit(rule) },
            "experiment" => new JsonObject { ["experimentId"] = names.IdOfExperiment(rule.Experiment) },
            "fallback" => new JsonObject { ["variant"] = null },
            _ => new JsonObject { ["variant"] = rule.Variant },
        },
    };

    private static JsonNode? ValueOf(string type, string value)
    {
        if (type == "string")
        {
            return JsonValue.Create(value);
        }

        try
        {
            return JsonNode.Parse(value);
        }
        catch (JsonException)
        {
            return JsonValue.Create(value);
        }
    }

    private static JsonValue? Number(string text) =>
        long.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? JsonValue.Create(number) : JsonValue.Create(text);

    private static JsonValue? Share(string percent) => Shares.Parse(percent) is { } share ? JsonValue.Create(share) : JsonValue.Create(percent);

    private static JsonValue? TextOrNull(string text) => text.Trim() is { Length: > 0 } trimmed ? JsonValue.Create(trimmed) : null;

    private static JsonArray Texts(string text) =>
        [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(static one => JsonValue.Create(one))];

    private static string Percent(int buckets) => (buckets / 100m).ToString("0.##", CultureInfo.InvariantCulture);

    // Seconds and less only where there are any: exactly what was stored goes back.
    private static string TimeOf(DateTimeOffset? time) => time is not { } at ? "" : at.UtcDateTime.ToString(
        at.Ticks % TimeSpan.TicksPerMinute == 0 ? "yyyy-MM-dd'T'HH:mm" : "yyyy-MM-dd'T'HH:mm:ss.fff", CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
