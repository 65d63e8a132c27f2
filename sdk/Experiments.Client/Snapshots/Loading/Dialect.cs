using System.Text.Json;

namespace Experiments.Client.Snapshots.Loading;

/// <summary>Dialects of other products are reserved: a snapshot that asks for one would be decided wrongly.</summary>
internal static class Dialect
{
    /// <summary>The reader stands on the name <c>dialect</c>.</summary>
    public static void Demand(ref Utf8JsonReader reader)
    {
        if (JsonTokens.ReadText(ref reader) != "core")
        {
            JsonTokens.Refuse("dialects other than core are reserved");
        }
    }
}
