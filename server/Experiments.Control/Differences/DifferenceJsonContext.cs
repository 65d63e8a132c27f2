using System.Text.Json.Serialization;

namespace Experiments.Control.Differences;

/// <summary>Changes as JSON; kinds and actions are in lower case, and what is absent is null, never left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters = [typeof(LowerCaseEnumConverter<ChangeKind>), typeof(LowerCaseEnumConverter<ChangeAction>)])]
[JsonSerializable(typeof(IReadOnlyList<Change>))]
internal sealed partial class DifferenceJsonContext : JsonSerializerContext;
