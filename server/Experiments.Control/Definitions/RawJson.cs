using System.Runtime.InteropServices;
using System.Text.Json;

namespace Experiments.Control.Definitions;

/// <summary>JSON values as they were written.</summary>
internal static class RawJson
{
    /// <summary>
    /// Whether two values, of which either may be absent, have the same text. Not <see cref="JsonElement.DeepEquals"/>: that throws on
    /// absent values and on numbers with a large exponent, and a change of form only costs a publish.
    /// </summary>
    public static bool AreSame(JsonElement a, JsonElement b) => a.ValueKind == b.ValueKind
        && (a.ValueKind == JsonValueKind.Undefined || JsonMarshal.GetRawUtf8Value(a).SequenceEqual(JsonMarshal.GetRawUtf8Value(b)));
}
