using System.Net;
using System.Runtime.CompilerServices;
using Amazon.S3;
using Amazon.S3.Model;
using Experiments.Client;
using Experiments.Client.Sources;
using Experiments.Control.Storage;

namespace Experiments.Control.Publishing;

/// <summary>A snapshot store in a bucket. Conditional writes (If-None-Match, If-Match) compare and write in one step.</summary>
internal sealed class S3SnapshotStore(string bucket, S3Options options) : ISnapshotStore, IDisposable
{
    // There need not be such an object: that the bucket answers is what counts.
    private const string CheckKey = "health";
    private const string ContentType = "application/json";

    private readonly AmazonS3Client _s3 = S3ClientFactory.Create(options);

    public string Location { get; } = $"s3://{bucket}/{options.Prefix}";

    public Task CheckAsync(CancellationToken cancellationToken) => ReadAsync(CheckKey, cancellationToken);

    public Task<IDisposable> LockAsync(string environment, CancellationToken cancellationToken) => Task.FromResult<IDisposable>(NoLock.Instance);

    public async Task<StoredObject?> ReadAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            using GetObjectResponse response = await _s3.GetObjectAsync(bucket, S3ClientFactory.KeyOf(options, key), cancellationToken);
            using var content = new MemoryStream();
            await response.ResponseStream.CopyToAsync(content, cancellationToken);
            return new StoredObject(content.ToArray(), response.ETag);
        }
        catch (AmazonS3Exception exception) when (exception.StatusCode == HttpStatusCode.NotFound && !S3ClientFactory.IsBucketMissing(exception))
        {
            return null;
        }
        catch (AmazonS3Exception exception) when (S3ClientFactory.IsDenied(exception))
        {
            // Without ListBucket this is how S3 answers for a missing object. Where it means what it says, the write that follows is
            // refused too; and where the object is there after all, that write is conditional and finds it.
            return null;
        }
        catch (Exception exception) when (S3Failures.IsOne(exception))
        {
            throw S3Failures.Describe(exception, bucket, options);
        }
    }

    public Task<bool> TryCreateAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        TryPutAsync(key, content, static request => request.IfNoneMatch = "*", cancellationToken);

    public Task<bool> TryReplaceAsync(string key, ReadOnlyMemory<byte> content, StoredObject? read, CancellationToken cancellationToken) =>
        read is null ? TryCreateAsync(key, content, cancellationToken) : TryPutAsync(key, content, request => request.IfMatch = read.ETag, cancellationToken);

    public async IAsyncEnumerable<StoredVersion> ListVersionsAsync(string folder, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string prefix = S3ClientFactory.KeyOf(options, folder) + "/";
        var request = new ListObjectsV2Request { BucketName = bucket, Prefix = prefix, Delimiter = "/" };
        do
        {
            ListObjectsV2Response page = await DescribedAsync(() => _s3.ListObjectsV2Async(request, cancellationToken));
            foreach (S3Object one in page.S3Objects ?? [])
            {
                if (StoredVersion.VersionOf(one.Key[prefix.Length..]) is { } version)
                {
                    yield return new StoredVersion(version, new DateTimeOffset((one.LastModified ?? default).ToUniversalTime()), one.Size ?? 0);
                }
            }

            request.ContinuationToken = page.NextContinuationToken;
        }
        while (request.ContinuationToken is not null);
    }

    public Task DeleteAsync(string key, CancellationToken cancellationToken) =>
        DescribedAsync(() => _s3.DeleteObjectAsync(bucket, S3ClientFactory.KeyOf(options, key), cancellationToken));

    public void Dispose() => _s3.Dispose();

    private async Task<T> DescribedAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception exception) when (S3Failures.IsOne(exception))
        {
            throw S3Failures.Describe(exception, bucket, options);
        }
    }

    private async Task<bool> TryPutAsync(
        string key, ReadOnlyMemory<byte> content, Action<PutObjectRequest> condition, CancellationToken cancellationToken)
    {
        using var stream = new MemoryStream(content.ToArray(), writable: false);
        var request = new PutObjectRequest
        {
            BucketName = bucket,
            Key = S3ClientFactory.KeyOf(options, key),
            InputStream = stream,
            ContentType = ContentType,
            UseChunkEncoding = !options.OnlyRequiredChecksums,
        };
        condition(request);
        try
        {
            await _s3.PutObjectAsync(request, cancellationToken);
            return true;
        }
        catch (AmazonS3Exception exception) when (exception.StatusCode is HttpStatusCode.PreconditionFailed or HttpStatusCode.Conflict)
        {
            // 409: another conditional write to the same key was under way.
            return false;
        }
        catch (Exception exception) when (S3Failures.IsOne(exception))
        {
            throw S3Failures.Describe(exception, bucket, options);
        }
    }
}
