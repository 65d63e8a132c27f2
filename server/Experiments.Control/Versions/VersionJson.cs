using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Experiments.Control.Versions;

/// <summary>Definitions compared by what is stored of them.</summary>
internal static class VersionJson
{
    public static bool AreSame<T>(T one, T other, JsonTypeInfo<T> type) =>
        JsonSerializer.SerializeToUtf8Bytes(one, type).AsSpan().SequenceEqual(JsonSerializer.SerializeToUtf8Bytes(other, type));
}
