using System.Text.Json;

namespace Experiments.Tests.Support;

/// <summary>JSON compared by value: numbers as doubles, members in any order, strings by their UTF-16 units.</summary>
internal static class JsonValues
{
    public static bool AreEqual(JsonElement a, JsonElement b)
    {
        if (a.ValueKind != b.ValueKind)
        {
            return false;
        }

        return a.ValueKind switch
        {
            JsonValueKind.Number => a.GetDouble().Equals(b.GetDouble()) || a.GetDouble() == b.GetDouble(),
            JsonValueKind.String => Unescape(a) == Unescape(b),
            JsonValueKind.Array => a.GetArrayLength() == b.GetArrayLength() && a.EnumerateArray().Zip(b.EnumerateArray()).All(pair => AreEqual(pair.First, pair.Second)),
            JsonValueKind.Object => Members(a) is var left && Members(b) is var right && left.Count == right.Count
                && left.All(member => right.TryGetValue(member.Key, out JsonElement other) && AreEqual(member.Value, other)),
            _ => true,
        };
    }

    private static Dictionary<string, JsonElement> Members(JsonElement element)
    {
        Dictionary<string, JsonElement> members = new(StringComparer.Ordinal);
        foreach (JsonProperty member in element.EnumerateObject())
        {
            members[member.Name] = member.Value;
        }

        return members;
    }

    // A lone surrogate cannot be read by System.Text.Json: such strings are compared by their raw text, with escapes folded.
    private static string Unescape(JsonElement element)
    {
        try
        {
            return element.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return System.Text.RegularExpressions.Regex.Replace(
                element.GetRawText()[1..^1], @"\\u([0-9a-fA-F]{4})", match => ((char)Convert.ToUInt16(match.Groups[1].Value, 16)).ToString(),
                System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1));
        }
    }
}
