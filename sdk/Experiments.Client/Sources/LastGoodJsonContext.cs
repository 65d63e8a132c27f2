using System.Text.Json.Serialization;

namespace Experiments.Client.Sources;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(LastGoodHeader))]
internal sealed partial class LastGoodJsonContext : JsonSerializerContext;
