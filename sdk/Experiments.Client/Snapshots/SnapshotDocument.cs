using System.Text.Json;
using System.Text.Json.Serialization;

namespace Experiments.Client.Snapshots;

/// <summary>A snapshot on the wire, format 1.</summary>
internal sealed class SnapshotDocument
{
    [JsonConverter(typeof(WholeNumberConverter))]
    public required long Version { get; init; }

    public required string Environment { get; init; }

    /// <summary>ISO 8601 in UTC. For people: nothing is decided by it, so it is not parsed.</summary>
    public required string PublishedAt { get; init; }

    public required ExperimentDocument[] Experiments { get; init; }

    /// <summary>Absent means 1. Kept raw, so that a format of whatever type can be named when it is refused.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public JsonElement Format { get; init; }
}
