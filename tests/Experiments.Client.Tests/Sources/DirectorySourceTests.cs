using Experiments.Client.Snapshots;
using Experiments.Client.Sources;

namespace Experiments.Client.Tests.Sources;

public sealed class DirectorySourceTests : IDisposable
{
    private const string Key = "configs/prod/version.json";

    private readonly TempDirectory _directory = new();
    private readonly DirectorySource _source;

    public DirectorySourceTests() => _source = new DirectorySource(_directory.Path);

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task ReadAsync_File_IsFoundWithAnETagOfItsContent()
    {
        DirectoryStore.Write(_directory.Path, Key, "one"u8.ToArray());
        SourceObject first = await ReadAsync();
        Assert.Equal(SourceObjectStatus.Found, first.Status);
        Assert.Equal("one"u8.ToArray(), first.Content.ToArray());
        DirectoryStore.Write(_directory.Path, Key, "two"u8.ToArray());
        SourceObject second = await ReadAsync(first.ETag);
        Assert.Equal(SourceObjectStatus.Found, second.Status);
        Assert.NotEqual(first.ETag, second.ETag);
        DirectoryStore.Write(_directory.Path, Key, "two"u8.ToArray());
        Assert.Equal(SourceObjectStatus.NotModified, (await ReadAsync(second.ETag)).Status);
    }

    [Fact]
    public async Task ReadAsync_MissingFileOrDirectory_IsMissing()
    {
        Assert.Equal(SourceObjectStatus.Missing, (await ReadAsync()).Status);
        Directory.CreateDirectory(_directory.PathOf("configs", "prod"));
        Assert.Equal(SourceObjectStatus.Missing, (await ReadAsync("\"etag\"")).Status);
        Assert.Equal(SourceObjectStatus.Missing, (await new DirectorySource(_directory.PathOf("not", "there")).ReadAsync(Key, null, 10, default)).Status);
    }

    [Fact]
    public async Task ReadAsync_NameTooLongForTheFileSystem_IsMissing()
    {
        string key = SnapshotKeys.Pointer(new string('ü', EnvironmentNames.MaxLength));
        Assert.Equal(SourceObjectStatus.Missing, (await _source.ReadAsync(key, null, 10, default)).Status);
    }

    [Fact]
    public async Task ReadAsync_DirectoryInPlaceOfTheFile_Throws()
    {
        Directory.CreateDirectory(_directory.PathOf("configs", "prod", "version.json"));
        await Assert.ThrowsAnyAsync<Exception>(async () => await ReadAsync());
    }

    [Fact]
    public async Task ReadAsync_LargerThanTheLimit_Throws()
    {
        DirectoryStore.Write(_directory.Path, Key, new byte[101]);
        await Assert.ThrowsAsync<InvalidDataException>(async () => await _source.ReadAsync(Key, null, 100, default));
        Assert.Equal(101, (await _source.ReadAsync(Key, null, 101, default)).Content.Length);
    }

    [Fact]
    public async Task ReadAsync_EmptyFile_IsFoundEmpty()
    {
        DirectoryStore.Write(_directory.Path, Key, []);
        SourceObject found = await ReadAsync();
        Assert.Equal(SourceObjectStatus.Found, found.Status);
        Assert.True(found.Content.IsEmpty);
    }

    [Theory]
    [InlineData("my env")]
    [InlineData("a/b")]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("ünï")]
    [InlineData("100%")]
    public async Task ReadAsync_OddEnvironmentName_StaysInsideItsOwnFolder(string environment)
    {
        DirectoryStore.Publish(_directory.Path, 3, environment: environment);
        Assert.Equal(SourceObjectStatus.Found, (await _source.ReadAsync(SnapshotKeys.Pointer(environment), null, 1_000, default)).Status);
        Assert.All(_directory.Files(), file => Assert.StartsWith($"configs/{SnapshotKeys.Escape(environment)}/", file, StringComparison.Ordinal));
    }

    [Fact]
    public async Task ReadAsync_WhileTheFileIsReplaced_SeesOneContentWhole()
    {
        byte[][] contents = [.. Enumerable.Range(1, 3).Select(i => Enumerable.Repeat((byte)i, i * 20_000).ToArray())];
        DirectoryStore.Write(_directory.Path, Key, contents[0]);
        Task writer = Task.Run(() =>
        {
            for (int i = 0; i < 200; i++)
            {
                DirectoryStore.Write(_directory.Path, Key, contents[i % contents.Length]);
            }
        });
        do
        {
            byte[] read = (await _source.ReadAsync(Key, null, 1_000_000, default)).Content.ToArray();
            Assert.Contains(contents, content => content.AsSpan().SequenceEqual(read));
        }
        while (!writer.IsCompleted);
        await writer;
    }

    private ValueTask<SourceObject> ReadAsync(string? etag = null) => _source.ReadAsync(Key, etag, 1_000, default);
}
