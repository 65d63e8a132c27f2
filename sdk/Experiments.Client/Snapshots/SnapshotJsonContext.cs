using System.Text.Json.Serialization;
using Experiments.Client.Json;

namespace Experiments.Client.Snapshots;

/// <summary>Source-generated JSON of everything in a snapshot store.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    MaxDepth = MaxDepth,
    Converters = [typeof(JsonTextConverter)])]
[JsonSerializable(typeof(SnapshotDocument))]
[JsonSerializable(typeof(ExperimentDocument))]
[JsonSerializable(typeof(PointerDocument))]
internal sealed partial class SnapshotJsonContext : JsonSerializerContext
{
    /// <summary>How deep a snapshot may nest: payloads of the older platform have no limit of their own.</summary>
    public const int MaxDepth = 1024;
}
