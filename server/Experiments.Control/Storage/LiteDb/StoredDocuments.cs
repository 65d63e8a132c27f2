using Experiments.Control.Definitions;
using LiteDB;
using JsonSerializer = System.Text.Json.JsonSerializer;

namespace Experiments.Control.Storage.LiteDb;

/// <summary>LiteDB documents of definitions: the JSON, and index keys.</summary>
internal static class StoredDocuments
{
    public static BsonDocument Of(EnvironmentDefinition environment) => new()
    {
        [StoredFields.Id] = environment.Id,
        [StoredFields.Name] = OrderedKey.Of(environment.Name),
        [StoredFields.Json] = Write(environment),
    };

    public static BsonDocument Of(PublicationRecord publication) => new()
    {
        [StoredFields.Id] = OrderedKey.Of(publication.EnvironmentId, publication.Version),
        [StoredFields.Json] = Write(publication),
    };

    public static BsonDocument Of(AuditEntry entry) => new()
    {
        [StoredFields.Id] = AuditKey([], entry),
        [StoredFields.CreatedByEnvironment] = AuditKey(OrderedKey.Of(entry.EnvironmentId), entry),
        [StoredFields.CreatedByResource] = AuditKey(OrderedKey.Of(entry.ResourceId), entry),
        [StoredFields.Json] = Write(entry),
    };

    public static IEnumerable<BsonDocument> TextsOf(AuditEntry entry) =>
        AuditTextPart.Of(entry).Select(static part => new BsonDocument { [StoredFields.Id] = part.ToKey() });

    public static BsonDocument Of(Guid environmentId, long version, int part, byte[] content) => new()
    {
        [StoredFields.Id] = OrderedKey.Of(environmentId, version, part),
        [StoredFields.Value] = content,
    };

    public static BsonDocument Of(PublishState state) => new()
    {
        [StoredFields.Id] = state.EnvironmentId,
        [StoredFields.Wanted] = state.Wanted,
        [StoredFields.Published] = state.Published,
        [StoredFields.IsPending] = !state.IsPublished,
        [StoredFields.Actor] = state.Actor,
        [StoredFields.Note] = state.Note,
    };

    // Files of before it was kept who asked hold neither actor nor note.
    public static PublishState ReadPublishState(BsonDocument document) =>
        new(document[StoredFields.Id].AsGuid, document[StoredFields.Wanted].AsInt64, document[StoredFields.Published].AsInt64)
        {
            Actor = document[StoredFields.Actor].AsString,
            Note = document[StoredFields.Note].AsString,
        };

    /// <exception cref="StoreFailureException">The document is damaged.</exception>
    public static T Read<T>(BsonDocument document)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(document[StoredFields.Json].AsBinary, StoredJsonContext.TypeInfo<T>())!;
        }
        catch (Exception exception) when (exception is System.Text.Json.JsonException or ArgumentException)
        {
            // Not to be taken for bad JSON of a client.
            throw new StoreFailureException($"A stored {typeof(T).Name} is damaged: {exception.Message} Restore a backup.", exception);
        }
    }

    public static byte[] Write<T>(T definition)
        where T : class => JsonSerializer.SerializeToUtf8Bytes(definition, StoredJsonContext.TypeInfo<T>());

    private static byte[] AuditKey(byte[] prefix, AuditEntry entry) =>
        [.. prefix, .. AuditFacets.Of(entry).ToKey()];
}
