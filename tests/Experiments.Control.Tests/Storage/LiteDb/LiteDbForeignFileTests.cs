using Experiments.Control.Storage;
using System.Globalization;
using System.Text;
using Experiments.Control.Storage.LiteDb;
using LiteDB;
using LiteDB.Engine;

namespace Experiments.Control.Tests.Storage.LiteDb;

/// <summary>Files that are not ours or not whole. Each is refused with its path, and not one byte of it changes.</summary>
public sealed class LiteDbForeignFileTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    private string DatabasePath => _directory.PathOf("experiments.db");

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("just text")]
    [InlineData("SQLite format 3\0")]
    public void Open_FileOfAnotherKind_IsRefusedAndLeftAlone(string content) =>
        AssertRefused(Encoding.UTF8.GetBytes(content), "is not a LiteDB 5 database");

    [Fact]
    public void Open_LargeFileOfAnotherKind_IsRefusedAndLeftAlone() =>
        AssertRefused(Enumerable.Range(0, 100_001).Select(i => (byte)i).ToArray(), "is not a LiteDB 5 database");

    [Fact]
    public void Open_LiteDbDatabaseOfAnotherProgram_IsRefusedAndLeftAlone() =>
        AssertRefused(LiteDbDatabase(Collation.Binary, "customers", []), "is a LiteDB database, but not one of Experiments");

    [Fact]
    public void Open_OtherCollation_IsRefusedAndLeftAlone() =>
        AssertRefused(LiteDbDatabase(new Collation(127, CompareOptions.IgnoreCase), "store", []), "collation");

    [Fact]
    public void Open_CultureThatCannotBeLoadedHere_IsRefusedAndLeftAlone()
    {
        const int CollationLcidOffset = 80;
        byte[] database = LiteDbDatabase(Collation.Binary, "store", []);
        BitConverter.TryWriteBytes(database.AsSpan(CollationLcidOffset), 1033);

        AssertRefused(database, "cannot be read");
    }

    [Fact]
    public void Open_NewerFormat_IsRefusedAndLeftAlone() => AssertRefused(
        LiteDbDatabase(Collation.Binary, "store", new BsonDocument { ["application"] = "Experiments", ["format"] = 5 }),
        "has format 5, and this program knows format 4");

    [Fact]
    public async Task Open_CutOff_IsRefusedAndLeftAlone()
    {
        byte[] whole = await DatabaseWithExperimentsAsync(100);

        AssertRefused(whole[..^8192], "is cut off");
        AssertRefused(whole[..^100], "is cut off");
    }

    [Fact]
    public async Task Open_EveryPageButTheFirstIsDamaged_IsRefusedAndLeftAlone()
    {
        byte[] database = await DatabaseWithExperimentsAsync(10);
        database.AsSpan(8192).Fill(0xA5);

        AssertRefused(database, "cannot be read");
    }

    private void AssertRefused(byte[] database, string reason)
    {
        File.WriteAllBytes(DatabasePath, database);

        StoreFailureException refused = Assert.Throws<StoreFailureException>(() => new LiteDbDefinitionStore(_directory.Path));

        Assert.Contains($"\"{DatabasePath}\"", refused.Message, StringComparison.Ordinal);
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
        Assert.Equal(["experiments.db"], _directory.Files());
        Assert.True(database.AsSpan().SequenceEqual(File.ReadAllBytes(DatabasePath)));
    }

    private async Task<byte[]> DatabaseWithExperimentsAsync(int count)
    {
        await using (LiteDbDefinitionStore store = new(_directory.Path))
        {
            for (int i = 0; i < count; i++)
            {
                await store.AddAsync(Samples.Experiment(Guid.NewGuid(), $"e{i}"));
            }
        }

        return File.ReadAllBytes(DatabasePath);
    }

    private static byte[] LiteDbDatabase(Collation collation, string collection, BsonDocument document)
    {
        using MemoryStream data = new();
        using (LiteEngine engine = new(new EngineSettings { DataStream = data, LogStream = new MemoryStream(), Collation = collation }))
        {
            engine.Insert(collection, [document], BsonAutoId.ObjectId);
            engine.Checkpoint();
        }

        return data.ToArray();
    }
}
