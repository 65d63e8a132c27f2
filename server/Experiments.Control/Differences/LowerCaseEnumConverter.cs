using System.Text.Json;
using System.Text.Json.Serialization;

namespace Experiments.Control.Differences;

/// <summary>Enumerations by their names, which start in lower case on the wire.</summary>
internal sealed class LowerCaseEnumConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;
