using System.Text.Json;

namespace Experiments.Client.Snapshots.Loading;

/// <summary>Faults in what names an attribute.</summary>
internal static class AttributeFaults
{
    /// <summary>A name, or an exact path of at least one.</summary>
    public static void Check(FaultLog log, JsonElement attribute, FaultPath path)
    {
        switch (attribute.ValueKind)
        {
            case JsonValueKind.String:
                break;
            case JsonValueKind.Array when attribute.GetArrayLength() == 0:
                log.Add(path, "empty");
                break;
            case JsonValueKind.Array:
                log.Items(attribute, path, (name, at) => log.Check(name, at, JsonValueKind.String));
                break;
            default:
                log.Add(path, $"{FaultLog.Describe(attribute.ValueKind)} where a string or an array of strings must be");
                break;
        }
    }
}
