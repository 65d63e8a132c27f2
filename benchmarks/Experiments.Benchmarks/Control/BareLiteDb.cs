using LiteDB;

namespace Experiments.Benchmarks.Control;

/// <summary>The same documents in a LiteDB database of their own, without anything of ours: an index to list by, one for the key.</summary>
internal sealed class BareLiteDb : IDisposable
{
    // LiteDB takes 16 MB for one document.
    private const int PartBytes = 8 * 1024 * 1024;

    private readonly LiteDatabase _database;
    private readonly ILiteCollection<BsonDocument> _flags;
    private readonly ILiteCollection<BsonDocument> _audit;
    private readonly ILiteCollection<BsonDocument> _contents;

    public BareLiteDb(string path, IReadOnlyList<byte[]> flags)
    {
        _database = new LiteDatabase(path);
        _flags = _database.GetCollection("flags");
        _audit = _database.GetCollection("audit");
        _contents = _database.GetCollection("contents");
        _flags.InsertBulk(flags.Select((json, i) => new BsonDocument { ["_id"] = i, ["created"] = i, ["name"] = $"{i}", ["json"] = json }));
        _flags.EnsureIndex("created");
        _flags.EnsureIndex("name", unique: true);
    }

    public void Dispose() => _database.Dispose();

    /// <summary>One flag and an audit entry that holds it before and after, as one transaction.</summary>
    public void Edit(int i)
    {
        _database.BeginTrans();
        BsonDocument flag = _flags.FindById(i);
        byte[] json = flag["json"].AsBinary;
        _flags.Update(flag);
        _audit.Insert(new BsonDocument { ["before"] = json, ["after"] = json, ["actor"] = "anonymous" });
        _database.Commit();
    }

    /// <summary>A page, newest first, and how many there are.</summary>
    public (int Items, int Total) Page(int skip, int take) =>
        (_flags.Query().OrderByDescending("created").Skip(skip).Limit(take).ToList().Count, _flags.Count());

    /// <summary>All that has a text in it: LiteDB has no index for that.</summary>
    public int Search(byte[] text) => _flags.FindAll().Count(flag => flag["json"].AsBinary.AsSpan().IndexOf(text) >= 0);

    /// <summary>Reads all flags and writes something as large as what a publish keeps.</summary>
    public void ReadAllAndKeep(byte[] content)
    {
        long read = _flags.FindAll().Sum(static flag => (long)flag["json"].AsBinary.Length);
        if (read == 0)
        {
            throw new InvalidOperationException("There is nothing to publish.");
        }

        _database.BeginTrans();
        foreach (byte[] part in content.Chunk(PartBytes))
        {
            _contents.Insert(new BsonDocument { ["value"] = part });
        }

        _database.Commit();
    }
}
