using System.Net;
using Amazon.Runtime.Internal.Util;
using Amazon.S3;
using Amazon.S3.Model;

namespace Experiments.Client.Sources;

/// <summary>A snapshot store in a bucket.</summary>
internal sealed class S3Source(string bucket, S3Options options) : ISnapshotSource, IDisposable
{
    private readonly AmazonS3Client _s3 = S3ClientFactory.Create(options);

    public string Location { get; } = $"{options.ServiceUrl?.AbsoluteUri ?? "s3://"}{bucket}/{options.Prefix}";

    public ValueTask<SourceObject> ReadAsync(string key, string? etag, int maxBytes, CancellationToken cancellationToken) =>
        ReadAsync(key, etag, maxBytes, static () => { }, cancellationToken);

    public async ValueTask<SourceObject> ReadAsync(
        string key, string? etag, int maxBytes, Action onBytes, CancellationToken cancellationToken)
    {
        try
        {
            using GetObjectResponse response = await _s3.GetObjectAsync(
                new GetObjectRequest { BucketName = bucket, Key = S3ClientFactory.KeyOf(options, key), EtagToNotMatch = etag },
                cancellationToken);
            return SourceObject.Found(
                await BoundedStream.ReadToEndAsync(BodyOf(response), response.ContentLength, maxBytes, onBytes, cancellationToken),
                response.ETag);
        }
        catch (AmazonS3Exception exception) when (exception.StatusCode == HttpStatusCode.NotModified)
        {
            return SourceObject.NotModified;
        }
        catch (AmazonS3Exception exception) when (S3ClientFactory.IsDenied(exception))
        {
            return SourceObject.Denied;
        }
        catch (AmazonS3Exception exception) when (exception.StatusCode == HttpStatusCode.NotFound && !S3ClientFactory.IsBucketMissing(exception))
        {
            return SourceObject.Missing;
        }
        catch (Exception exception) when (S3Failures.IsOne(exception))
        {
            throw S3Failures.Describe(exception, bucket, options);
        }
    }

    public void Dispose() => _s3.Dispose();

    /// <summary>Without the SDK's MD5 of it, which is in managed code and took a tenth of a large load: the pointer carries a sha256, and the
    /// poller checks that (benchmarks/start.sh).</summary>
    private static Stream BodyOf(GetObjectResponse response) =>
        response.ResponseStream is HashStream hashed ? hashed.GetNonWrapperBaseStream() : response.ResponseStream;
}
