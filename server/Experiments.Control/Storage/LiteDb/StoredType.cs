using Experiments.Control.Definitions;
using LiteDB;

namespace Experiments.Control.Storage.LiteDb;

/// <summary>How definitions of one type are stored: which collection, which index keys, which lists.</summary>
/// <param name="Collection">Its name.</param>
/// <param name="ListsOf">The lists that hold it.</param>
/// <param name="ListOf">The one of these lists that holds what passes a filter which is not narrow.</param>
/// <param name="AddKeys">Adds the index keys that only this type has.</param>
internal sealed record StoredType<T>(
    string Collection,
    Func<T, StoredList[]> ListsOf,
    Func<DefinitionFilter, StoredList> ListOf,
    Action<T, BsonDocument>? AddKeys = null)
    where T : class, IDefinition
{
    public BsonDocument DocumentOf(T definition)
    {
        BsonDocument document = new()
        {
            [StoredFields.Id] = definition.Id,
            [StoredFields.Name] = NameKeyOf(definition),
            [StoredFields.Created] = OrderedKey.Of([], definition.CreatedAt, definition.Sequence),
            [StoredFields.CreatedByEnvironment] = OrderedKey.Of(
                OrderedKey.Of(definition.EnvironmentId), definition.CreatedAt, definition.Sequence),
            [StoredFields.Json] = StoredDocuments.Write(definition),
        };
        AddKeys?.Invoke(definition, document);
        return document;
    }

    public static byte[] NameKeyOf(T definition) => OrderedKey.Of(definition.EnvironmentId, definition.UniqueName);
}
