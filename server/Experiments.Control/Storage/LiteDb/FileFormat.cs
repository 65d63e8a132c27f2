using System.Buffers.Binary;
using LiteDB;
using LiteDB.Engine;

namespace Experiments.Control.Storage.LiteDb;

/// <summary>What a database file of ours looks like: how a new one is made, and how a file of someone else is told apart.</summary>
internal static class FileFormat
{
    /// <summary>Raised when older programs must not write the file any more.</summary>
    private const int Version = 4;

    // Had no flags, layers, holdouts, versions or audit log.
    private const int FirstVersion = 1;

    // The keys of its audit log ended with the sequence.
    private const int AuditWithoutFacets = 2;

    // Had nothing to search the audit log by.
    private const int AuditWithoutTexts = 3;

    private const int UpgradeBatch = 1000;

    private const string ApplicationField = "application";
    private const string Application = "Experiments";
    private const string VersionField = "format";
    private const int PageBytes = 8192;

    // Offsets in LiteDB's first page.
    private const int MarkerOffset = 32;
    private const int MarkerVersionOffset = 59;
    private const int LastPageIdOffset = 64;
    private const byte LiteDbVersion = 8;

    private static ReadOnlySpan<byte> Marker => "** This is a LiteDB file **"u8;

    /// <summary>
    /// Strings compare by their UTF-16 units; a file made with another collation is refused. A culture by name, such as en-US, does not
    /// even load where globalization is invariant.
    /// </summary>
    public static Collation Collation => Collation.Binary;

    /// <summary>Makes an empty database. It appears whole or not at all, and never replaces a file.</summary>
    public static void Create(string path)
    {
        using MemoryStream data = new();
        using MemoryStream log = new();
        using (LiteEngine engine = new(new EngineSettings { DataStream = data, LogStream = log, Collation = Collation }))
        {
            // Checkpoints are ours to time: after the log is on disk.
            engine.Pragma("CHECKPOINT", 0);
            EnsureIndexes(engine);
            BsonDocument mark = new() { [StoredFields.Id] = Application, [ApplicationField] = Application, [VersionField] = Version };
            engine.Insert(StoredCollections.Store, [mark], BsonAutoId.ObjectId);
            engine.Checkpoint();
        }

        string temporary = $"{path}.{Guid.NewGuid():N}.new";
        try
        {
            WriteToDisk(temporary, data.ToArray());
            File.Move(temporary, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process was faster; opening the file will tell whether it still uses it.
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Null, or what is wrong with the file. Checked before LiteDB sees it, which would cut off what it does not understand.
    /// </summary>
    public static string? CheckHeader(PageFile data, PageFile log)
    {
        byte[] header = new byte[PageBytes];
        data.Position = 0;
        if (data.ReadAtLeast(header, PageBytes, throwOnEndOfStream: false) < PageBytes
            || !header.AsSpan(MarkerOffset).StartsWith(Marker)
            || header[MarkerVersionOffset] != LiteDbVersion)
        {
            return "is not a LiteDB 5 database";
        }

        // While there is a log, the file may be behind it.
        long expectedBytes = (BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(LastPageIdOffset)) + 1L) * PageBytes;
        bool isWhole = data.Length % PageBytes == 0 && data.Length >= expectedBytes;
        return isWhole || log.Length > 0 ? null : $"is cut off: it has {data.Length} bytes and should have at least {expectedBytes}";
    }

    /// <summary>Null, or why this program must not use the database.</summary>
    public static string? CheckContent(LiteEngine engine)
    {
        using IBsonDataReader reader = engine.Query(StoredCollections.Store, new Query());
        return reader.Read() && reader.Current[ApplicationField] == Application
            ? reader.Current[VersionField].AsInt32 is int version and (< FirstVersion or > Version)
                ? $"has format {version}, and this program knows format {Version}: it was written by another version of Experiments"
                : null
            : "is a LiteDB database, but not one of Experiments";
    }

    /// <summary>Makes a file of an older version one of this version. Cut off half-way it goes on at the next start.</summary>
    public static void Upgrade(LiteEngine engine)
    {
        BsonDocument mark;
        using (IBsonDataReader reader = engine.Query(StoredCollections.Store, new Query()))
        {
            reader.Read();
            mark = reader.Current.AsDocument;
        }

        int version = mark[VersionField].AsInt32;
        if (version != Version)
        {
            if (version == AuditWithoutFacets)
            {
                AddFacets(engine);
            }

            if (version <= AuditWithoutTexts)
            {
                AddTexts(engine);
            }

            EnsureIndexes(engine);
            mark[VersionField] = Version;
            engine.Update(StoredCollections.Store, [mark]);
        }
    }

    // What has facets already, after an upgrade that was cut off, has a longer id.
    private static void AddFacets(LiteEngine engine) => ForEachEntry(engine, static id => id.AsBinary.Length == sizeof(long), (id, entry) =>
    {
        engine.Delete(StoredCollections.Audit, [id]);
        engine.Insert(StoredCollections.Audit, [StoredDocuments.Of(entry)], BsonAutoId.ObjectId);
    });

    private static void AddTexts(LiteEngine engine) => ForEachEntry(engine, static _ => true, (_, entry) =>
        engine.Upsert(StoredCollections.AuditTexts, StoredDocuments.TextsOf(entry), BsonAutoId.ObjectId));

    private static void ForEachEntry(LiteEngine engine, Func<BsonValue, bool> isWanted, Action<BsonValue, AuditEntry> upgrade)
    {
        Query keys = new() { Select = BsonExpression.Create($"$.{StoredFields.Id}") };
        foreach (BsonValue[] batch in Read(engine, keys).Select(static document => document[StoredFields.Id]).Where(isWanted).Chunk(UpgradeBatch))
        {
            engine.BeginTrans();
            foreach (BsonValue id in batch)
            {
                Query query = new();
                query.Where.Add(BsonExpression.Create($"$.{StoredFields.Id} = @0", id));
                upgrade(id, StoredDocuments.Read<AuditEntry>(Read(engine, query)[0]));
            }

            engine.Commit();
        }
    }

    private static List<BsonDocument> Read(LiteEngine engine, Query query)
    {
        using IBsonDataReader reader = engine.Query(StoredCollections.Audit, query);
        List<BsonDocument> documents = [];
        while (reader.Read())
        {
            documents.Add(reader.Current.AsDocument);
        }

        return documents;
    }

    private static void EnsureIndexes(LiteEngine engine)
    {
        (string Collection, string Field, bool IsUnique)[] indexes =
        [
            (StoredCollections.Environments, StoredFields.Name, true),
            (StoredCollections.Audiences, StoredFields.Name, true),
            (StoredCollections.Audiences, StoredFields.Created, true),
            (StoredCollections.Audiences, StoredFields.CreatedByEnvironment, true),
            (StoredCollections.Experiments, StoredFields.Name, true),
            (StoredCollections.Experiments, StoredFields.Created, true),
            (StoredCollections.Experiments, StoredFields.CreatedByEnvironment, true),
            (StoredCollections.Experiments, StoredFields.CreatedByStatus, true),
            (StoredCollections.Experiments, StoredFields.CreatedByEnvironmentAndStatus, true),
            (StoredCollections.Experiments, StoredFields.Audience, true),
            (StoredCollections.Flags, StoredFields.Name, true),
            (StoredCollections.Flags, StoredFields.Created, true),
            (StoredCollections.Flags, StoredFields.CreatedByEnvironment, true),
            (StoredCollections.Layers, StoredFields.Name, true),
            (StoredCollections.Layers, StoredFields.Created, true),
            (StoredCollections.Layers, StoredFields.CreatedByEnvironment, true),
            (StoredCollections.Holdouts, StoredFields.Name, true),
            (StoredCollections.Holdouts, StoredFields.Created, true),
            (StoredCollections.Holdouts, StoredFields.CreatedByEnvironment, true),
            (StoredCollections.Audit, StoredFields.CreatedByEnvironment, true),
            (StoredCollections.Audit, StoredFields.CreatedByResource, true),
            (StoredCollections.PublishStates, StoredFields.IsPending, false),
        ];
        foreach ((string collection, string field, bool isUnique) in indexes)
        {
            engine.EnsureIndex(collection, field, BsonExpression.Create($"$.{field}"), isUnique);
        }

        foreach (string collection in new[] { StoredCollections.Flags, StoredCollections.Experiments })
        {
            engine.EnsureIndex(
                collection, StoredFields.References, BsonExpression.Create($"$.{StoredFields.References}[*]"), unique: false);
        }
    }

    private static void WriteToDisk(string path, ReadOnlySpan<byte> content)
    {
        using FileStream file = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        file.Write(content);
        file.Flush(flushToDisk: true);
    }
}
