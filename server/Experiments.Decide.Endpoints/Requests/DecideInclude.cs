using System.Text.Json;
using Experiments.Client.Json;

namespace Experiments.Decide.Endpoints.Requests;

/// <summary>Reads <c>include</c>: the names of the parts that the answer gets beside what it always has. Nothing counts as a name that was
/// not given.</summary>
internal static class DecideInclude
{
    private const string Flags = "flags";
    private const char Separator = ',';

    // A body may be as long as a megabyte; the sentence only has to be recognised.
    private const int MaxQuotedLength = 64;

    /// <param name="names">Names with commas between them.</param>
    /// <param name="request">Gets what they say.</param>
    /// <returns>What is wrong; null where nothing is.</returns>
    public static string? ReadList(ReadOnlySpan<char> names, DecideRequest request)
    {
        string? fault = null;
        foreach (Range name in names.Split(Separator))
        {
            fault ??= ReadName(names[name], request);
        }

        return fault;
    }

    /// <summary>Reads the value that the reader stands on and leaves it at that value's end, also where something is wrong with it.</summary>
    /// <returns>What is wrong; null where nothing is.</returns>
    public static string? ReadJson(ref Utf8JsonReader reader, DecideRequest request)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return ReadList(JsonText.Read(ref reader), request);
        }

        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return $"{DecideMembers.Include} must be a string or an array of strings";
        }

        string? fault = null;
        for (int i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
        {
            if (reader.TokenType == JsonTokenType.String)
            {
                fault ??= ReadName(JsonText.Read(ref reader), request);
            }
            else
            {
                reader.Skip();
                fault ??= $"{DecideMembers.Include}[{i}] must be a string";
            }
        }

        return fault;
    }

    private static string? ReadName(ReadOnlySpan<char> name, DecideRequest request)
    {
        if (name is Flags)
        {
            request.IncludesFlags = true;
        }

        return name is "" or Flags ? null : $"{DecideMembers.Include} has no part \"{Shorten(name)}\", only {Flags}";
    }

    private static string Shorten(ReadOnlySpan<char> name) => name.Length <= MaxQuotedLength ? new string(name) : $"{name[..MaxQuotedLength]}...";
}
