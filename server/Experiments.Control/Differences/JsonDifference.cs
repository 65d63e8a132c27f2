using System.Text.Json;
using Experiments.Control.Definitions;

namespace Experiments.Control.Differences;

/// <summary>Where two JSON values differ; neither white space nor the order of members counts.</summary>
internal static class JsonDifference
{
    // Deeper ones are compared as texts: the stack has an end.
    private const int MaxDepth = 64;

    /// <summary>Appends the outermost members that differ, each with its path, which starts with a dot or bracket or is empty.</summary>
    public static void Add(List<(string Path, JsonElement? Before, JsonElement? After)> found, JsonElement before, JsonElement after) =>
        Add(found, "", before, after, depth: 0);

    private static void Add(
        List<(string Path, JsonElement? Before, JsonElement? After)> found, string path, JsonElement before, JsonElement after, int depth)
    {
        if (RawJson.AreSame(before, after))
        {
            return;
        }

        if (depth < MaxDepth && before.ValueKind == JsonValueKind.Object && after.ValueKind == JsonValueKind.Object)
        {
            AddMembers(found, path, before, after, depth);
        }
        else if (depth < MaxDepth && before.ValueKind == JsonValueKind.Array && after.ValueKind == JsonValueKind.Array
            && before.GetArrayLength() == after.GetArrayLength())
        {
            foreach ((int index, (JsonElement First, JsonElement Second) pair) in before.EnumerateArray().Zip(after.EnumerateArray()).Index())
            {
                Add(found, $"{path}[{index}]", pair.First, pair.Second, depth + 1);
            }
        }
        else
        {
            found.Add((path, ChangeJson.Of(before), ChangeJson.Of(after)));
        }
    }

    private static void AddMembers(
        List<(string Path, JsonElement? Before, JsonElement? After)> found, string path, JsonElement before, JsonElement after, int depth)
    {
        // Of duplicate names the last one counts.
        Dictionary<string, JsonElement> old = MembersOf(before);
        Dictionary<string, JsonElement> now = MembersOf(after);
        foreach ((string name, JsonElement value) in now)
        {
            Add(found, $"{path}.{name}", old.GetValueOrDefault(name), value, depth + 1);
        }

        foreach ((string name, JsonElement value) in old.Where(member => !now.ContainsKey(member.Key)))
        {
            found.Add(($"{path}.{name}", value, null));
        }
    }

    private static Dictionary<string, JsonElement> MembersOf(JsonElement value)
    {
        var members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (JsonProperty member in value.EnumerateObject())
        {
            members[member.Name] = member.Value;
        }

        return members;
    }
}
