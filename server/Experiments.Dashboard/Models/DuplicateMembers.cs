using System.Text.Json;

namespace Experiments.Dashboard.Models;

/// <summary>A member that a JSON object has twice: of the two, programs take the one or the other, so that it is always a mistake.</summary>
internal static class DuplicateMembers
{
    private static readonly JsonDocumentOptions s_strict = new() { AllowDuplicateProperties = false };

    /// <param name="json">Valid JSON.</param>
    /// <returns>Null where there is none.</returns>
    public static string? FaultOf(string json)
    {
        try
        {
            JsonElement.Parse(json, s_strict);
            return null;
        }
        catch (JsonException)
        {
            return "An object has the same member twice: programs take the one or the other.";
        }
    }
}
