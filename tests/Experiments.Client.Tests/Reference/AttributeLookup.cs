using System.Globalization;
using System.Text.Json;

namespace Experiments.Client.Tests.Reference;

/// <summary>Finds an attribute; null is a missing one, JSON's null is one that is there.</summary>
internal static class AttributeLookup
{
    /// <param name="attribute">A string (own key, then dotted path) or an array of strings (exact path).</param>
    /// <param name="context">A JSON object.</param>
    /// <param name="element">Inside the <c>if</c> of size and some: the length or the element, which exact paths from "" start at.</param>
    public static JsonElement? Find(JsonElement attribute, JsonElement context, JsonElement? element)
    {
        if (RawJson.IsArray(attribute))
        {
            string[] path = [.. RawJson.Items(attribute).Select(RawJson.Text)];
            return element is not null && path[0].Length == 0 ? Walk(element, path[1..]) : Walk(context, path);
        }

        string name = RawJson.Text(attribute);
        return RawJson.Member(context, name) ?? Walk(context, name.Split('.'));
    }

    private static JsonElement? Walk(JsonElement? start, string[] path)
    {
        JsonElement? at = start;
        foreach (string name in path)
        {
            at = at is { } container ? Step(container, name) : null;
        }

        return at;
    }

    private static JsonElement? Step(JsonElement container, string name)
    {
        if (!RawJson.IsArray(container))
        {
            return RawJson.Member(container, name);
        }

        int length = container.GetArrayLength();
        if (name == "length")
        {
            return RawJson.Number(length);
        }

        bool isIndex = int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int index)
            && index.ToString(CultureInfo.InvariantCulture) == name;
        return isIndex && index < length ? container[index] : null;
    }
}
