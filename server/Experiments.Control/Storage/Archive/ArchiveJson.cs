using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Experiments.Control.Storage.Archive;

/// <summary>JSON of records as archives are read: as stores do it, but a member that is not known is an error. An older program that left it out would
/// restore something else than what was backed up.</summary>
internal static class ArchiveJson
{
    private static readonly StoredJsonContext s_context =
        new(new JsonSerializerOptions(StoredJsonContext.Default.Options) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow });

    /// <summary>Of one of the types of <see cref="StoredJsonContext"/>.</summary>
    public static JsonTypeInfo<T> TypeInfo<T>() => (JsonTypeInfo<T>)s_context.GetTypeInfo(typeof(T))!;
}
