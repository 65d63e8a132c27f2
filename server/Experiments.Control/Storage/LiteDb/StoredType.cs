using System.Text.Json.Serialization.Metadata;
using Experiments.Control.Definitions;
using LiteDB;

namespace Experiments.Control.Storage.LiteDb;

/// <summary>How definitions of one type are stored: which collection, which index keys, which lists.</summary>
/// <param name="Collection">Its name.</param>
/// <param name="Json">Of the definition.</param>
/// <param name="NameOf">What is unique in the environment: the name or the key.</param>
/// <param name="With">The definition with another sequence and revision.</param>
/// <param name="ListsOf">The lists that hold it.</param>
/// <param name="AddKeys">Adds the index keys that only this type has.</param>
internal sealed record StoredType<T>(
    string Collection,
    JsonTypeInfo<T> Json,
    Func<T, string> NameOf,
    Func<T, long, long, T> With,
    Func<T, StoredList[]> ListsOf,
    Action<T, BsonDocument>? AddKeys = null)
    where T : class, IDefinition
{
    public byte[] NameKeyOf(T definition) => OrderedKey.Of(definition.EnvironmentId, NameOf(definition));

    public BsonDocument DocumentOf(T definition)
    {
        BsonDocument document = new()
        {
            [StoredFields.Id] = definition.Id,
            [StoredFields.Name] = NameKeyOf(definition),
            [StoredFields.Created] = OrderedKey.Of([], definition.CreatedAt, definition.Sequence),
            [StoredFields.CreatedByEnvironment] = OrderedKey.Of(
                OrderedKey.Of(definition.EnvironmentId), definition.CreatedAt, definition.Sequence),
            [StoredFields.Json] = StoredDocuments.Write(definition, Json),
        };
        AddKeys?.Invoke(definition, document);
        return document;
    }
}
