using System.Net;
using Amazon;
using Amazon.Runtime;
using Amazon.S3;

namespace Experiments.Client.Sources;

/// <summary>How readers and the publisher talk to S3.</summary>
internal static class S3ClientFactory
{
    private const string DefaultRegion = "us-east-1";

    // Whoever calls tries again on a schedule of its own; long retries inside one call would only hide that the store is down.
    private const int Retries = 1;

    public static AmazonS3Client Create(S3Options options)
    {
        var config = new AmazonS3Config
        {
            MaxErrorRetry = Retries,

            // Readers check the sha256 of the pointer; a second checksum, in managed code, would only cost time.
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
            RequestChecksumCalculation = options.OnlyRequiredChecksums ? RequestChecksumCalculation.WHEN_REQUIRED : RequestChecksumCalculation.WHEN_SUPPORTED,
        };
        if (options.ServiceUrl is { } serviceUrl)
        {
            config.ServiceURL = serviceUrl.AbsoluteUri;
            config.ForcePathStyle = true;
            config.AuthenticationRegion = options.Region ?? DefaultRegion;
        }
        else if (options.Region is { } region)
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        }

        try
        {
            return options.AccessKey is { } accessKey
                ? new AmazonS3Client(new BasicAWSCredentials(accessKey, options.SecretKey), config)
                : new AmazonS3Client(config);
        }
        catch (AmazonClientException exception) when (options is { ServiceUrl: null, Region: null })
        {
            throw new InvalidOperationException(
                "The bucket's region is not known: give it as Region (Experiments:Snapshots:Region), in AWS_REGION or in an AWS profile.", exception);
        }
    }

    public static string KeyOf(S3Options options, string key) => options.Prefix.Trim('/') is { Length: > 0 } prefix ? $"{prefix}/{key}" : key;

    /// <summary>Not allowed, or, without <c>s3:ListBucket</c>, not there. Bad credentials and a bad clock are answered with 403 too, and are neither.</summary>
    public static bool IsDenied(AmazonS3Exception exception) => exception.StatusCode == HttpStatusCode.Forbidden
        && exception.ErrorCode is not ("InvalidAccessKeyId" or "SignatureDoesNotMatch" or "RequestTimeTooSkewed" or "RequestExpired" or "ExpiredToken" or "InvalidToken");

    /// <summary>A missing object is "not there yet"; a missing bucket is a mistake that must be seen.</summary>
    public static bool IsBucketMissing(AmazonS3Exception exception) =>
        string.Equals(exception.ErrorCode, "NoSuchBucket", StringComparison.Ordinal);
}
