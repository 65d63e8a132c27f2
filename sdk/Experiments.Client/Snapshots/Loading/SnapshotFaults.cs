using System.Globalization;
using System.Text.Json;
using Experiments.Client.Json;

namespace Experiments.Client.Snapshots.Loading;

/// <summary>
/// Names everything that is wrong with a snapshot. Loading stops at the first fault and is fast; this walk runs only once that has
/// failed, and finds them all.
/// </summary>
internal static class SnapshotFaults
{
    // Enough to see what is wrong; a file of another kind would list thousands.
    private const int MaxFaults = 100;

    /// <summary>Every fault in the shape of a snapshot, each with its path.</summary>
    public static IReadOnlyList<string> Find(ReadOnlyMemory<byte> utf8Json)
    {
        List<string> faults = [];
        try
        {
            using JsonDocument json = JsonDocument.Parse(utf8Json, new JsonDocumentOptions { MaxDepth = SnapshotJsonContext.MaxDepth });
            CheckSnapshot(json.RootElement, faults);
        }
        catch (JsonException exception)
        {
            faults.Add($"not JSON: {exception.Message}");
        }

        return faults;
    }

    private static void CheckSnapshot(JsonElement snapshot, List<string> faults)
    {
        if (!Check(snapshot, "$", JsonValueKind.Object, faults))
        {
            return;
        }

        if (TryGet(snapshot, "format", out JsonElement format))
        {
            CheckFormat(format, faults);
        }

        if (Member(snapshot, "$", "version", JsonValueKind.Number, faults, out JsonElement version)
            && !(WholeNumberConverter.TryRead(version, out long number) && number >= 0))
        {
            faults.Add($"$.version: {version.GetRawText()} is not an integer from 0 on");
        }

        Member(snapshot, "$", "environment", JsonValueKind.String, faults, out _);
        Member(snapshot, "$", "publishedAt", JsonValueKind.String, faults, out _);
        CheckItems(snapshot, "$", "experiments", CheckExperiment, faults);
    }

    private static void CheckExperiment(JsonElement experiment, string path, List<string> faults)
    {
        Member(experiment, path, "id", JsonValueKind.String, faults, out _);
        Member(experiment, path, "key", JsonValueKind.String, faults, out _);
        Member(experiment, path, "salt", JsonValueKind.String, faults, out _);
        CheckItems(experiment, path, "audienceRules", CheckRule, faults);
        CheckItems(experiment, path, "targetingRules", CheckRule, faults);
        CheckItems(experiment, path, "variants", CheckVariant, faults);
        CheckItems(experiment, path, "allocations", CheckAllocation, faults);
    }

    private static void CheckRule(JsonElement rule, string path, List<string> faults) =>
        CheckItems(rule, path, "conditions", CheckCondition, faults);

    private static void CheckCondition(JsonElement condition, string path, List<string> faults)
    {
        Member(condition, path, "attribute", JsonValueKind.String, faults, out _);
        Member(condition, path, "operator", JsonValueKind.String, faults, out _);
    }

    private static void CheckVariant(JsonElement variant, string path, List<string> faults)
    {
        Member(variant, path, "id", JsonValueKind.String, faults, out _);
        Member(variant, path, "key", JsonValueKind.String, faults, out _);
    }

    private static void CheckAllocation(JsonElement allocation, string path, List<string> faults)
    {
        Member(allocation, path, "variantId", JsonValueKind.String, faults, out _);
        Member(allocation, path, "rangeStart", JsonValueKind.Number, faults, out _);
        Member(allocation, path, "rangeEnd", JsonValueKind.Number, faults, out _);
    }

    private static void CheckFormat(JsonElement format, List<string> faults)
    {
        bool isKnown = format.ValueKind == JsonValueKind.Undefined
            || (format.ValueKind == JsonValueKind.Number && WholeNumberConverter.TryRead(format, out long number) && number is 1 or 2);
        if (!isKnown)
        {
            faults.Add($"$.format: {format.GetRawText()} is a format that this reader does not know; it knows 1 and 2");
        }
    }

    private static void CheckItems(
        JsonElement owner, string path, string name, Action<JsonElement, string, List<string>> check, List<string> faults)
    {
        if (!Member(owner, path, name, JsonValueKind.Array, faults, out JsonElement items))
        {
            return;
        }

        int index = 0;
        foreach (JsonElement item in items.EnumerateArray())
        {
            string itemPath = string.Create(CultureInfo.InvariantCulture, $"{path}.{name}[{index++}]");
            if (Check(item, itemPath, JsonValueKind.Object, faults))
            {
                check(item, itemPath, faults);
            }

            if (faults.Count >= MaxFaults)
            {
                return;
            }
        }
    }

    /// <summary>Finds a member and checks its type; of one that is there twice each must have it, and the last one counts.</summary>
    private static bool Member(
        JsonElement owner, string path, string name, JsonValueKind kind, List<string> faults, out JsonElement member)
    {
        member = default;
        bool isRight = true;
        foreach (JsonProperty property in owner.EnumerateObject())
        {
            if (JsonText.ReadName(property) == name)
            {
                member = property.Value;
                isRight &= Check(member, $"{path}.{name}", kind, faults);
            }
        }

        if (member.ValueKind == JsonValueKind.Undefined)
        {
            faults.Add($"{path}.{name}: missing");
            return false;
        }

        return isRight;
    }

    /// <summary>The last member of this name. Names with lone surrogates, on which the serializer's own look-up throws, are names like others.</summary>
    private static bool TryGet(JsonElement owner, string name, out JsonElement member)
    {
        member = default;
        foreach (JsonProperty property in owner.EnumerateObject())
        {
            if (JsonText.ReadName(property) == name)
            {
                member = property.Value;
            }
        }

        return member.ValueKind != JsonValueKind.Undefined;
    }

    private static bool Check(JsonElement element, string path, JsonValueKind kind, List<string> faults)
    {
        if (element.ValueKind == kind)
        {
            return true;
        }

        faults.Add($"{path}: {Describe(element.ValueKind)} where {Describe(kind)} must be");
        return false;
    }

    private static string Describe(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "a boolean",
    };
}
