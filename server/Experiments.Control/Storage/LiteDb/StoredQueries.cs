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

    public static T? Find<T>(this LiteDbFile file, string collection, BsonValue id)
        where T : class => file.Find(collection, id) is { } document ? StoredDocuments.Read<T>(document) : null;

    /// <summary>All of which the key begins with <paramref name="prefix"/>, in the order of the keys.</summary>
    public static IReadOnlyList<T> FindAll<T>(this LiteDbFile file, string collection, string field, byte[] prefix)
        where T : class => file.Range<T>(new StoredList(collection, field, prefix, IsDescending: false), 0, int.MaxValue);

    public static StorePage<T> Page<T>(this LiteDbFile file, StoredList list, PageRange range)
        where T : class
    {
        long total = file.ReadCounter(list.CounterId);
        return range.Skip < total && range.Take > 0
            ? new StorePage<T>(file.Range<T>(list, range.Skip, (int)Math.Min(range.Take, total - range.Skip), total), total)
            : new StorePage<T>([], total);
    }

    /// <summary>The first of a list.</summary>
    public static T? First<T>(this LiteDbFile file, StoredList list)
        where T : class => file.Range<T>(list, 0, 1) is [var first] ? first : null;

    /// <summary>Those whose id is not below <paramref name="first"/>, in the order of the ids.</summary>
    public static IReadOnlyList<T> Following<T>(this LiteDbFile file, string collection, byte[] first, int take)
        where T : class
    {
        Query query = Between(new StoredList(collection, StoredFields.Id, [], IsDescending: false), first, BsonValue.MaxValue);
        (query.Select, query.Limit) = (Json, take);
        return [.. file.Query(collection, query).Select(StoredDocuments.Read<T>)];
    }

    /// <summary>All keys of a list, in its order, without the documents.</summary>
    public static IEnumerable<byte[]> Keys(this LiteDbFile file, StoredList list)
    {
        Query keys = Between(list, list.Prefix, EndOf(list));
        keys.Select = BsonExpression.Create($"$.{list.Field}");
        return file.Query(list.Collection, keys).Select(document => document[list.Field].AsBinary);
    }

    private static IReadOnlyList<T> Range<T>(this LiteDbFile file, StoredList list, long skip, int take, long total)
        where T : class
    {
        // From the nearer end: LiteDB has to walk over what is skipped.
        long skipFromEnd = total - skip - take;
        if (skip <= skipFromEnd)
        {
            return file.Range<T>(list, (int)skip, take);
        }

        List<T> items = [.. file.Range<T>(list with { IsDescending = !list.IsDescending }, (int)skipFromEnd, take)];
        items.Reverse();
        return items;
    }

    private static IReadOnlyList<T> Range<T>(this LiteDbFile file, StoredList list, int skip, int take)
        where T : class
    {
        BsonValue low = list.Prefix;
        BsonValue high = EndOf(list);
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
        return [.. file.Query(list.Collection, documents).Select(StoredDocuments.Read<T>)];
    }

    // Every key goes on with a number that is not negative, so none is above the prefix with a byte of all ones.
    private static BsonValue EndOf(StoredList list) =>
        list.Prefix.Length == 0 ? BsonValue.MaxValue : new BsonValue([.. list.Prefix, byte.MaxValue]);

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
