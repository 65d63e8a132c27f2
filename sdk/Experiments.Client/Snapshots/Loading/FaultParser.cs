using System.Text.Json;
using Experiments.Client.Targeting;

namespace Experiments.Client.Snapshots.Loading;

/// <summary>Reads the name of a fault that data ends a decision with.</summary>
internal static class FaultParser
{
    /// <summary>The ending; the reader stands on the name <c>error</c>.</summary>
    public static int Read(ref Utf8JsonReader reader)
    {
        int ending = Ending.ParseFault(JsonTokens.ReadText(ref reader));
        if (ending == 0)
        {
            JsonTokens.Refuse("an error is one of MALFORMED, GENERAL, PARSE_ERROR, UNMAPPED");
        }

        return ending;
    }
}
