using Amazon.S3;
using Experiments.Client;
using Experiments.Client.Sources;
using Experiments.Control.Publishing;
using Experiments.Control.Tests.Support;

namespace Experiments.Control.Tests.Publishing;

/// <summary>Against a real S3 server.</summary>
public sealed class S3SnapshotStoreTests(S3Server s3) : SnapshotStoreTests, IClassFixture<S3Server>
{
    private readonly string _bucket = $"bucket-{Guid.NewGuid():N}";
    private S3Source? _source;

    private S3Options Options => new()
    {
        Prefix = "pre/fix",
        ServiceUrl = new Uri(s3.Url),
        AccessKey = S3Server.AccessKey,
        SecretKey = S3Server.SecretKey,
    };

    public override async Task DisposeAsync()
    {
        _source?.Dispose();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task TryCreateAsync_WithPrefix_PutsTheKeyUnderIt()
    {
        await CreateAsync("configs/a%2Fb/version.json", "one");

        Assert.Equal(["pre/fix/configs/a%2Fb/version.json"], await s3.ListAsync(_bucket));
    }

    [Fact]
    public async Task TryReplaceAsync_ObjectGoneSinceRead_DoesNotCreateIt()
    {
        await CreateAsync("configs/a/version.json", "one");
        StoredObject? read = await Store.ReadAsync("configs/a/version.json", default);
        await s3.DeleteAsync(_bucket, "pre/fix/configs/a/version.json");

        try
        {
            Assert.False(await ReplaceAsync("configs/a/version.json", "two", read));
        }
        catch (IOException exception)
        {
            // S3 answers 404 to If-Match on a missing key; an attempt that fails is tried again.
            Assert.Equal(System.Net.HttpStatusCode.NotFound, Assert.IsType<AmazonS3Exception>(exception.InnerException).StatusCode);
        }

        Assert.Null(await s3.GetAsync(_bucket, "pre/fix/configs/a/version.json"));
    }

    [Fact]
    public async Task ReadAsync_NoBucket_Throws()
    {
        using var store = new S3SnapshotStore("there-is-none", Options);

        await Assert.ThrowsAsync<IOException>(() => store.ReadAsync("configs/a/version.json", default));
    }

    [Fact]
    public async Task Location_Always_NamesBucketAndPrefix()
    {
        ISnapshotStore store = await OpenAsync();

        Assert.Equal($"s3://{_bucket}/pre/fix", store.Location);
    }

    private protected override async Task<ISnapshotStore> OpenAsync()
    {
        await s3.CreateBucketAsync(_bucket);
        return new S3SnapshotStore(_bucket, Options);
    }

    private protected override ISnapshotSource Source() => _source ??= new S3Source(_bucket, Options);
}
