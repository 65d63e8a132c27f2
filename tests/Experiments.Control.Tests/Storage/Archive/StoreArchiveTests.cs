using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Experiments.Control.Definitions;
using Experiments.Control.Storage;
using Experiments.Control.Storage.Archive;
using Experiments.Control.Storage.LiteDb;
using Experiments.Control.Storage.Postgres;
using Experiments.Control.Tests.Support;

namespace Experiments.Control.Tests.Storage.Archive;

/// <summary>From one store to another and back, with everything that a server has written.</summary>
public sealed class StoreArchiveTests(PostgresServer postgres) : IClassFixture<PostgresServer>, IAsyncLifetime
{
    private readonly TempDirectory _directory = new();
    private LiteDbDefinitionStore _source = null!;

    public async Task InitializeAsync()
    {
        await using (ControlServer server = await ControlServer.StartAsync(_directory))
        {
            string environmentId = (await server.Api.PostAsync("/environments", new { name = "prod" })).Expect(HttpStatusCode.Created).Id;
            await server.Api.PostAsync("/environments", new { name = "empty \ud800" });
            string document = await File.ReadAllTextAsync(Repository.PathOf("tests", "Experiments.Dashboard.Tests", "Content", "hostile.json"));
            (await server.Api.PostAsync($"/environments/{environmentId}/apply", document)).Expect(HttpStatusCode.OK);
            for (int version = 0; version < 3; version++)
            {
                (await server.Api.PostAsync($"/environments/{environmentId}/publish", new { note = $"note {version}" })).Expect(HttpStatusCode.OK);
            }

            (await server.Api.PostAsync("/flags", new { key = "later", environmentId, type = "boolean", variants = new[] { new { key = "on", value = true } } })).Expect(HttpStatusCode.Created);
        }

        _source = new LiteDbDefinitionStore(_directory.Path);
    }

    public async Task DisposeAsync()
    {
        await _source.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Archive_ToPostgresAndBack_IsTheSameAndTheStoreGoesOn()
    {
        using MemoryStream archive = new();
        StoreArchiveSummary written = await StoreArchive.WriteAsync(_source, archive);
        Assert.True(written.Records > 40, $"{written.Records} records");

        await using PostgresDefinitionStore moved = new(await postgres.CreateDatabaseAsync());
        Assert.Equal(written, await StoreArchive.RestoreAsync(moved, archive));
        using MemoryStream again = new();
        Assert.Equal(written, await StoreArchive.WriteAsync(moved, again));

        using TempDirectory other = new();
        await using LiteDbDefinitionStore back = new(other.Path);
        Assert.Equal(written, await StoreArchive.RestoreAsync(back, again));
        Assert.Equal(written, await StoreArchive.WriteAsync(back, Stream.Null));

        foreach (IDefinitionStore store in new IDefinitionStore[] { _source, moved, back })
        {
            Guid prod = (await store.ListEnvironmentsAsync()).Items.Single(static environment => environment.Name == "prod").Id;
            (long newest, long total, FlagDefinition? added, PublicationRecord claim) = await store.WriteAsync(async writer =>
            {
                StorePage<AuditEntry> log = await writer.ListAuditAsync(new AuditFilter(), new PageRange(0, 1));
                return (
                    log.Items[0].Sequence, log.Total, await writer.InsertAsync(Samples.Flag(prod, "after-the-move")),
                    await writer.ClaimVersionAsync(prod, 0, Samples.Time));
            });
            Assert.True(added!.Sequence > newest, "a new sequence is above all that came along");
            Assert.Equal((await _source.ReadAsync(reader => reader.ListPublicationsAsync(prod, new PageRange(0, 1)))).Total, claim.Version);
            Assert.Equal((await _source.ReadAsync(static reader => reader.ListAuditAsync(new AuditFilter(), new PageRange(0, 1)))).Total, total);
            Assert.Contains(
                (await store.ReadAsync(reader => reader.ListAsync<FlagDefinition>(new DefinitionFilter { EnvironmentId = prod, Search = "LATER" }, PageRange.All))).Items,
                static flag => flag.Key == "later");
        }
    }

    [Fact]
    public async Task Restore_IntoAStoreThatIsNotEmpty_IsRefused()
    {
        using MemoryStream archive = new();
        await StoreArchive.WriteAsync(_source, archive);

        InvalidDataException refused = await Assert.ThrowsAsync<InvalidDataException>(() => StoreArchive.RestoreAsync(_source, archive));

        Assert.Contains("not empty", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restore_ArchiveThatIsDamaged_RestoresNothing()
    {
        using MemoryStream archive = new();
        await StoreArchive.WriteAsync(_source, archive);
        byte[] whole = archive.ToArray();
        byte[] lines = Unpack(whole);
        var random = new Random(1);
        List<byte[]> damaged = [[], [1, 2, 3], Pack("{}\n"u8), Pack("{\"format\":\"experiments-store/2\"}\n"u8), Pack(lines.AsSpan(0, lines.AsSpan().LastIndexOf("{\"kind\":\"end\""u8)))];
        for (int i = 0; i < 20; i++)
        {
            damaged.Add(whole[..(whole.Length * i / 20)]);
            byte[] changed = [.. lines];
            changed[random.Next(changed.Length)] ^= 1;
            damaged.Add(Pack(changed));
        }

        // A line less, and two lines in another order.
        string[] all = Encoding.UTF8.GetString(lines).Split('\n');
        damaged.Add(Pack(Encoding.UTF8.GetBytes(string.Join('\n', all.Where(static (_, i) => i != 5)))));
        (all[5], all[6]) = (all[6], all[5]);
        damaged.Add(Pack(Encoding.UTF8.GetBytes(string.Join('\n', all))));

        foreach (byte[] one in damaged)
        {
            using TempDirectory other = new();
            await using LiteDbDefinitionStore target = new(other.Path);
            using MemoryStream stream = new(one);

            Exception? refused = await Record.ExceptionAsync(() => StoreArchive.RestoreAsync(target, stream));

            Assert.True(refused is InvalidDataException, $"{refused}");
            Assert.Equal(0, (await target.ListEnvironmentsAsync()).Total);
            Assert.Equal(0, (await target.ReadAsync(static reader => reader.ListAuditAsync(new AuditFilter(), PageRange.All))).Total);
        }
    }

    [Fact]
    public async Task Check_OfOneWholeArchive_AnswersWhatWasWritten()
    {
        using MemoryStream archive = new();
        StoreArchiveSummary written = await StoreArchive.WriteAsync(_source, archive);

        Assert.Equal(written, StoreArchive.Check(archive));
    }

    [Fact]
    public async Task Check_OfAPartOrOfMoreThanOne_IsRefused()
    {
        byte[] lines = await ArchiveLinesAsync();
        byte[] part = lines[..lines.AsSpan().LastIndexOf("{\"kind\":\"end\""u8)];
        byte[] whole = Pack(lines);
        byte[][] broken = [Pack(part), Pack([.. part, .. lines]), [.. Pack(part), .. whole], Pack([.. lines, .. lines]), [.. whole, .. whole], whole[..^100]];
        foreach (byte[] one in broken)
        {
            using MemoryStream stream = new(one);

            Assert.Throws<InvalidDataException>(() => StoreArchive.Check(stream));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Restore_StoreWouldHoldSomethingElse_RestoresNothing(bool toPostgres)
    {
        // Entries of the audit log in another order: each is restored, and read in the order that they were made in.
        List<string> lines = [.. Encoding.UTF8.GetString(await ArchiveLinesAsync()).Split('\n')[..^2]];
        (lines[^1], lines[^2]) = (lines[^2], lines[^1]);
        using MemoryStream archive = new(Seal(lines));

        await ExpectRefusedAsync(archive, toPostgres, "something else than the archive");
    }

    [Theory]
    [InlineData("environment", false)]
    [InlineData("flag", false)]
    [InlineData("flag", true)]
    [InlineData("publishState", false)]
    [InlineData("publication", false)]
    [InlineData("versionContent", false)]
    [InlineData("audit", false)]
    public async Task Restore_MemberThatIsNotKnown_SaysThatTheArchiveIsNewer(string kind, bool toPostgres)
    {
        string start = $$"""{"kind":"{{kind}}","value":{""";
        List<string> lines = [.. Encoding.UTF8.GetString(await ArchiveLinesAsync()).Split('\n')[..^2]];
        int line = lines.FindIndex(one => one.StartsWith(start, StringComparison.Ordinal));
        lines[line] = $$"""{{start}}"colour":"red",{{lines[line][start.Length..]}}""";
        using MemoryStream archive = new(Seal(lines));

        await ExpectRefusedAsync(archive, toPostgres, $"newer version of Experiments: line {line + 1} is of the kind {kind}", "colour");
    }

    [Fact]
    public async Task Restore_KindThatIsNotKnown_SaysThatTheArchiveIsNewer()
    {
        List<string> lines = [.. Encoding.UTF8.GetString(await ArchiveLinesAsync()).Split('\n')[..^2], """{"kind":"cohort","value":{}}"""];
        using MemoryStream archive = new(Seal(lines));

        await ExpectRefusedAsync(archive, toPostgres: false, "newer version of Experiments", "cohort");
    }

    private async Task ExpectRefusedAsync(Stream archive, bool toPostgres, params string[] words)
    {
        using TempDirectory directory = new();
        await using IDefinitionStore target = toPostgres ? new PostgresDefinitionStore(await postgres.CreateDatabaseAsync()) : new LiteDbDefinitionStore(directory.Path);

        InvalidDataException refused = await Assert.ThrowsAsync<InvalidDataException>(() => StoreArchive.RestoreAsync(target, archive));

        Assert.All(words, word => Assert.Contains(word, refused.Message, StringComparison.Ordinal));
        Assert.Equal(0, (await target.ListEnvironmentsAsync()).Total);
        Assert.Equal(0, (await target.ReadAsync(static reader => reader.ListAuditAsync(new AuditFilter(), PageRange.All))).Total);
        Assert.Empty(await target.ReadAsync(static reader => reader.GetUnpublishedAsync()));

        // As if nothing had been tried.
        using MemoryStream whole = new();
        StoreArchiveSummary written = await StoreArchive.WriteAsync(_source, whole);
        Assert.Equal(written, await StoreArchive.RestoreAsync(target, whole));
    }

    private async Task<byte[]> ArchiveLinesAsync()
    {
        using MemoryStream archive = new();
        await StoreArchive.WriteAsync(_source, archive);
        return Unpack(archive.ToArray());
    }

    /// <summary>An archive of these lines, with an end that fits them.</summary>
    private static byte[] Seal(List<string> lines)
    {
        byte[] text = Encoding.UTF8.GetBytes(string.Concat(lines.Select(static line => line + "\n")));
        string end = $$"""{"kind":"end","records":{{lines.Count - 1}},"sha256":"{{Convert.ToHexStringLower(SHA256.HashData(text))}}"}""";
        return Pack([.. text, .. Encoding.UTF8.GetBytes(end + "\n")]);
    }

    private static byte[] Unpack(byte[] packed)
    {
        using MemoryStream stream = new(packed);
        using GZipStream unpacked = new(stream, CompressionMode.Decompress);
        using MemoryStream lines = new();
        unpacked.CopyTo(lines);
        return lines.ToArray();
    }

    private static byte[] Pack(ReadOnlySpan<byte> lines)
    {
        using MemoryStream packed = new();
        using (GZipStream stream = new(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            stream.Write(lines);
        }

        return packed.ToArray();
    }
}
