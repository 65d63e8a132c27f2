using System.Text.Json.Serialization;

namespace Experiments.Client.Snapshots;

/// <summary><c>version.json</c>: which version is live. The older platform writes the version alone.</summary>
internal sealed class PointerDocument
{
    [JsonConverter(typeof(WholeNumberConverter))]
    public required long Version { get; init; }

    /// <summary>Of the snapshot object's bytes, in hex.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Sha256 { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? PublishedAt { get; init; }
}
