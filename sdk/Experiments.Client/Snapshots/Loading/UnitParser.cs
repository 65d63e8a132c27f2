using System.Text.Json;
using Experiments.Client.Json;

namespace Experiments.Client.Snapshots.Loading;

/// <summary>Reads attributes, as conditions and hashes name them.</summary>
internal sealed class UnitParser(AttributeSlots slots, TokenText texts)
{
    private const string UserKeyName = "$key";

    /// <summary>Slots of the elements that are looked at, while a condition on them is read; else null.</summary>
    public List<int>? ElementSlots { get; set; }

    /// <summary>The slot of what the reader stands on: a name, or an exact path.</summary>
    public int ReadAttribute(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return slots.Lookup(texts.Read(in reader));
        }

        List<string> path = ReadPath(ref reader);
        if (ElementSlots is null || path[0].Length > 0)
        {
            return slots.Exact(path);
        }

        int slot = slots.Element(path.Skip(1));
        ElementSlots.Add(slot);
        return slot;
    }

    /// <summary>An attribute in the input of a hash, where one name stands for the user key.</summary>
    public int ReadUnit(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            ReadOnlySpan<char> name = texts.Read(in reader);
            return name.SequenceEqual(UserKeyName) ? HashPart.UserKey : slots.Lookup(name);
        }

        return slots.Exact(ReadPath(ref reader));
    }

    private static List<string> ReadPath(ref Utf8JsonReader reader)
    {
        JsonTokens.Expect(in reader, JsonTokenType.StartArray);
        List<string> path = [];
        while (JsonTokens.NextElement(ref reader))
        {
            JsonTokens.Expect(in reader, JsonTokenType.String);
            path.Add(JsonText.Read(ref reader));
        }

        if (path.Count == 0)
        {
            JsonTokens.Refuse("an exact path needs a name");
        }

        return path;
    }
}
