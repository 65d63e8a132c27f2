using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Experiments.Client.Json;
using Experiments.Control.Definitions;

namespace Experiments.Control.Storage;

/// <summary>Source-generated JSON of what is stored. What is read back equals what was written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.Never,
    UseStringEnumConverter = true,
    MaxDepth = MaxDepth,
    Converters = [typeof(JsonTextConverter), typeof(RawJsonConverter)])]
[JsonSerializable(typeof(EnvironmentDefinition))]
[JsonSerializable(typeof(AudienceDefinition))]
[JsonSerializable(typeof(ExperimentDefinition))]
[JsonSerializable(typeof(FlagDefinition))]
[JsonSerializable(typeof(LayerDefinition))]
[JsonSerializable(typeof(HoldoutDefinition))]
[JsonSerializable(typeof(EnvironmentContent))]
[JsonSerializable(typeof(AuditEntry))]
[JsonSerializable(typeof(PublicationRecord))]
[JsonSerializable(typeof(PublishState))]
[JsonSerializable(typeof(VersionContent))]
internal sealed partial class StoredJsonContext : JsonSerializerContext
{
    /// <summary>No limit in effect: how deep a payload may nest is for those to say who let it in. What was stored must be readable.
    /// </summary>
    public const int MaxDepth = 10_000_000;

    /// <summary>Of one of the types above.</summary>
    public static JsonTypeInfo<T> TypeInfo<T>() => (JsonTypeInfo<T>)Default.GetTypeInfo(typeof(T))!;
}
