using System.Text.Json;

namespace Experiments.Dashboard.Models;

/// <summary>Contexts as people paste them: a JSON object on each line, a JSON array of objects, or one object.</summary>
/// <param name="Contexts">In their order.</param>
/// <param name="Faults">Places that hold no object, each in a sentence.</param>
internal sealed record PastedContexts(IReadOnlyList<PastedContext> Contexts, IReadOnlyList<string> Faults)
{
    public static PastedContexts Read(string text)
    {
        List<PastedContext> contexts = [];
        List<string> faults = [];
        if (Whole(text) is { } whole)
        {
            JsonElement[] items = whole.ValueKind == JsonValueKind.Array ? [.. whole.EnumerateArray()] : [whole];
            foreach ((int index, JsonElement item) in items.Index())
            {
                Add(FormattableString.Invariant($"item {index + 1}"), item, contexts, faults);
            }

            return new PastedContexts(contexts, faults);
        }

        foreach ((int index, string line) in text.ReplaceLineEndings("\n").Split('\n').Index())
        {
            if (line.Trim().Length == 0)
            {
                continue;
            }

            string place = FormattableString.Invariant($"line {index + 1}");
            try
            {
                Add(place, JsonElement.Parse(line), contexts, faults);
            }
            catch (JsonException failure)
            {
                faults.Add(FormattableString.Invariant($"{place} is not JSON: character {failure.BytePositionInLine + 1}"));
            }
        }

        return new PastedContexts(contexts, faults);
    }

    private static void Add(string place, JsonElement item, List<PastedContext> contexts, List<string> faults)
    {
        if (item.ValueKind == JsonValueKind.Object)
        {
            contexts.Add(new PastedContext(place, item.GetRawText()));
        }
        else
        {
            faults.Add($"{place} is not a JSON object");
        }
    }

    /// <summary>Null where it is not one array or object but lines.</summary>
    private static JsonElement? Whole(string text)
    {
        try
        {
            return JsonElement.Parse(text) is { ValueKind: JsonValueKind.Array or JsonValueKind.Object } whole ? whole : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
