using System.Text;
using Amazon.S3;
using Experiments.Client.Snapshots;
using Experiments.Client.Sources;

namespace Experiments.Client.Tests.Sources;

public sealed class S3SourceTests(S3Server server) : IClassFixture<S3Server>
{
    private const string Key = "configs/prod/version.json";

    private static readonly byte[] s_content = [.. Enumerable.Range(0, 10_000).Select(i => (byte)i)];

    [Fact]
    public async Task ReadAsync_Object_IsFoundAndThenNotModified()
    {
        string bucket = await BucketAsync();
        await server.PutAsync(bucket, Key, s_content);
        using var source = Source(bucket);
        SourceObject found = await ReadAsync(source);
        Assert.Equal(SourceObjectStatus.Found, found.Status);
        Assert.Equal(s_content, found.Content.ToArray());
        Assert.Equal(SourceObjectStatus.NotModified, (await ReadAsync(source, found.ETag)).Status);
        await server.PutAsync(bucket, Key, "other"u8.ToArray());
        SourceObject other = await ReadAsync(source, found.ETag);
        Assert.Equal("other"u8.ToArray(), other.Content.ToArray());
        Assert.NotEqual(found.ETag, other.ETag);
    }

    [Fact]
    public async Task ReadAsync_MissingObject_IsMissing()
    {
        using var source = Source(await BucketAsync());
        Assert.Equal(SourceObjectStatus.Missing, (await ReadAsync(source)).Status);
        Assert.Equal(SourceObjectStatus.Missing, (await ReadAsync(source, "\"0123456789abcdef0123456789abcdef\"")).Status);
    }

    [Fact]
    public async Task ReadAsync_MissingBucket_Throws()
    {
        using var source = Source("no-such-bucket");
        await Assert.ThrowsAsync<IOException>(async () => await ReadAsync(source));
    }

    [Fact]
    public async Task ReadAsync_Prefix_IsPutBeforeTheKey()
    {
        string bucket = await BucketAsync();
        await server.PutAsync(bucket, "team/a/" + Key, "mine"u8.ToArray());
        using var source = Source(bucket, "team/a");
        Assert.Equal("mine"u8.ToArray(), (await ReadAsync(source)).Content.ToArray());
        using var other = Source(bucket, "team");
        Assert.Equal(SourceObjectStatus.Missing, (await ReadAsync(other)).Status);
    }

    [Fact]
    public void Location_OtherBucketPrefixOrServer_IsAnother()
    {
        string[] locations = [.. new[] { Source("a"), Source("b"), Source("a", "p"), new S3Source("a", Options("http://127.0.0.1:1")) }
            .Select(source =>
            {
                using (source)
                {
                    return source.Location;
                }
            })];
        Assert.Equal(locations.Length, locations.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task ReadAsync_LargerThanTheLimit_Throws()
    {
        string bucket = await BucketAsync();
        await server.PutAsync(bucket, Key, s_content);
        using var source = Source(bucket);
        await Assert.ThrowsAsync<InvalidDataException>(async () => await source.ReadAsync(Key, null, s_content.Length - 1, default));
        Assert.Equal(s_content.Length, (await source.ReadAsync(Key, null, s_content.Length, default)).Content.Length);
    }

    [Theory]
    [InlineData("my env")]
    [InlineData("a/b")]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("ünï")]
    [InlineData("100%")]
    [InlineData("a+b")]
    public async Task ReadAsync_OddEnvironmentName_IsTheKeyOfTheContract(string environment)
    {
        string bucket = await BucketAsync();
        await server.PutAsync(bucket, SnapshotKeys.Pointer(environment), Encoding.UTF8.GetBytes(environment));
        using var source = Source(bucket);
        SourceObject found = await source.ReadAsync(SnapshotKeys.Pointer(environment), null, 1_000, default);
        Assert.Equal(SourceObjectStatus.Found, found.Status);
        Assert.Equal(environment, Encoding.UTF8.GetString(found.Content.Span));
        Assert.Equal([SnapshotKeys.Pointer(environment)], await server.ListAsync(bucket));
    }

    [Fact]
    public async Task ReadAsync_FrozenServer_EndsOnCancellation()
    {
        string bucket = await BucketAsync();
        using var source = Source(bucket);
        await ReadAsync(source);
        server.Suspend();
        try
        {
            using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(
                () => source.ReadAsync(Key, null, 1_000, cancellation.Token).AsTask().WaitAsync(Eventually.DefaultWithin));
        }
        finally
        {
            server.Resume();
        }
    }

    [Fact]
    public async Task ReadAsync_AccessDenied_IsDenied()
    {
        await using HttpStore store = await HttpStore.StartAsync(
            403, "<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>"u8.ToArray());
        using var source = new S3Source("bucket", Options(store.Url));
        Assert.Equal(SourceObjectStatus.Denied, (await ReadAsync(source)).Status);
    }

    [Fact]
    public async Task ReadAsync_ServerError_Throws()
    {
        await using HttpStore store = await HttpStore.StartAsync(500, []);
        using var source = new S3Source("bucket", Options(store.Url));
        await Assert.ThrowsAsync<IOException>(async () => await ReadAsync(source));
    }

    [Fact]
    public async Task ReadAsync_CutOff_Throws()
    {
        await using HttpStore store = await HttpStore.StartCutOffAsync(s_content, s_content.Length * 2);
        using var source = new S3Source("bucket", Options(store.Url));
        await Assert.ThrowsAnyAsync<Exception>(async () => await ReadAsync(source));
    }

    [Fact]
    public async Task PollAsync_StoreInABucket_IsLoaded()
    {
        string bucket = await BucketAsync();
        using var source = Source(bucket, "team");
        var rig = new PollerRig();
        var poller = new SnapshotPoller("prod", source, rig.Holder, null, TimeProvider.System, rig.Logger);
        Assert.Equal(PollResult.Missing, await poller.PollAsync(default));
        await server.PutAsync(bucket, "team/configs/prod/snapshots/4.json", SnapshotJson.Of(version: 4));
        await server.PutAsync(bucket, "team/configs/prod/version.json", "{\"version\":4}"u8.ToArray());
        Assert.Equal(PollResult.Loaded, await poller.PollAsync(default));
        Assert.Equal(PollResult.Unchanged, await poller.PollAsync(default));
        Assert.Equal(4, rig.Version);
    }

    private static S3Options Options(string url, string prefix = "") => new()
    {
        ServiceUrl = new Uri(url),
        Region = S3Server.Region,
        AccessKey = S3Server.AccessKey,
        SecretKey = S3Server.SecretKey,
        Prefix = prefix,
    };

    private S3Source Source(string bucket, string prefix = "") => new(bucket, Options(server.Url, prefix));

    private static ValueTask<SourceObject> ReadAsync(S3Source source, string? etag = null) =>
        source.ReadAsync(Key, etag, 1_000_000, CancellationToken.None);

    private async Task<string> BucketAsync()
    {
        string bucket = $"bucket-{Guid.NewGuid():N}";
        await server.CreateBucketAsync(bucket);
        return bucket;
    }
}
