using System.Text.Json;
using Experiments.Client.Json;

namespace Experiments.Client.Snapshots.Loading;

/// <summary>Reads a variant's key where null is allowed too.</summary>
internal static class VariantKeys
{
    /// <summary>The value that the reader stands on.</summary>
    public static string? Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        JsonTokens.Expect(in reader, JsonTokenType.String);
        return JsonText.Read(ref reader);
    }
}
