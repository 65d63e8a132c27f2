using System.Text.Json.Serialization.Metadata;
using LiteDB;

namespace Experiments.Control.Storage.LiteDb;

/// <summary>The queries that the store makes. Each uses exactly one index.</summary>
internal static class StoredQueries
{
    private static readonly BsonExpression Json = BsonExpression.Create($"$.{StoredFields.Json}");

    public static IReadOnlyList<BsonDocument> FindAll(this LiteDbFile file, string collection, string field, BsonValue value)
    {
        Query query = new();
        query.Where.Add(BsonExpression.Create($"$.{field} = @0", value));
        return file.Query(collection, query);
    }

    /// <summary>All whose field is an array that holds the value.</summary>
    public static IReadOnlyList<BsonDocument> FindAllWith(this LiteDbFile file, string collection, string field, BsonValue value)
    {
        Query query = new();
        query.Where.Add(BsonExpression.Create($"$.{field}[*] ANY = @0", value));
        return file.Query(collection, query);
    }

    /// <summary>All whose id begins with <paramref name="prefix"/>, in the order of the ids.</summary>
    public static IReadOnlyList<BsonDocument> FindAllFrom(this LiteDbFile file, string collection, byte[] prefix) => file.Query(
        collection,
        Between(new StoredList(collection, StoredFields.Id, prefix, IsDescending: false), prefix, new BsonValue([.. prefix, byte.MaxValue])));

    /// <param name="field">Of which every value is there once.</param>
    public static BsonDocument? Find(this LiteDbFile file, string collection, string field, BsonValue value) =>
        file.FindAll(collection, field, value) is [var document] ? document : null;

    public static BsonDocument? Find(this LiteDbFile file, string collection, BsonValue id) => file.Find(collection, StoredFields.Id, id);

    public static T? Find<T>(this LiteDbFile file, string collection, BsonValue id, JsonTypeInfo<T> type)
        where T : class => file.Find(collection, id) is { } document ? StoredDocuments.Read(document, type) : null;

    /// <summary>All of which the key begins with <paramref name="prefix"/>, in the order of the keys.</summary>
    public static IReadOnlyList<T> FindAll<T>(this LiteDbFile file, string collection, string field, byte[] prefix, JsonTypeInfo<T> type)
        where T : class => file.Range(new StoredList(collection, field, prefix, IsDescending: false), 0, int.MaxValue, type);

    public static StorePage<T> Page<T>(this LiteDbFile file, StoredList list, PageRange range, JsonTypeInfo<T> type)
        where T : class
    {
        long total = file.ReadCounter(list.CounterId);
        return range.Skip < total && range.Take > 0
            ? new StorePage<T>(file.Range(list, range.Skip, (int)Math.Min(range.Take, total - range.Skip), total, type), total)
            : new StorePage<T>([], total);
    }

    /// <summary>The first of a list.</summary>
    public static T? First<T>(this LiteDbFile file, StoredList list, JsonTypeInfo<T> type)
        where T : class => file.Range(list, 0, 1, type) is [var first] ? first : null;

    private static IReadOnlyList<T> Range<T>(this LiteDbFile file, StoredList list, long skip, int take, long total, JsonTypeInfo<T> type)
        where T : class
    {
        // From the nearer end: LiteDB has to walk over what is skipped.
        long skipFromEnd = total - skip - take;
        if (skip <= skipFromEnd)
        {
            return file.Range(list, (int)skip, take, type);
        }

        List<T> items = [.. file.Range(list with { IsDescending = !list.IsDescending }, (int)skipFromEnd, take, type)];
        items.Reverse();
        return items;
    }

    private static IReadOnlyList<T> Range<T>(this LiteDbFile file, StoredList list, int skip, int take, JsonTypeInfo<T> type)
        where T : class
    {
        BsonValue low = list.Prefix;

        // Every key goes on with a number that is not negative, so none is above the prefix with a byte of all ones.
        BsonValue high = list.Prefix.Length == 0 ? BsonValue.MaxValue : new BsonValue([.. list.Prefix, byte.MaxValue]);
        if (skip > 0)
        {
            // LiteDB loads the documents it skips, but not when only the key is asked for: 8 times as fast.
            Query keys = Between(list, low, high);
            (keys.Select, keys.Offset, keys.Limit) = (BsonExpression.Create($"$.{list.Field}"), skip, 1);
            if (file.Query(list.Collection, keys) is not [var first])
            {
                return [];
            }

            (low, high) = list.IsDescending ? (low, first[list.Field]) : (first[list.Field], high);
        }

        Query documents = Between(list, low, high);
        (documents.Select, documents.Limit) = (Json, take);
        return [.. file.Query(list.Collection, documents).Select(document => StoredDocuments.Read(document, type))];
    }

    private static Query Between(StoredList list, BsonValue low, BsonValue high)
    {
        Query query = new()
        {
            OrderBy = BsonExpression.Create($"$.{list.Field}"),
            Order = list.IsDescending ? LiteDB.Query.Descending : LiteDB.Query.Ascending,
        };
        query.Where.Add(BsonExpression.Create($"$.{list.Field} BETWEEN @0 AND @1", low, high));
        return query;
    }
}
