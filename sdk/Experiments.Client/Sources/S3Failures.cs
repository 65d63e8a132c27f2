using System.Net;
using Amazon.Runtime;
using Amazon.S3;

namespace Experiments.Client.Sources;

/// <summary>What S3 and its SDK say, in words that tell what to mend.</summary>
internal static class S3Failures
{
    /// <summary>Whether it is one that <see cref="Describe"/> is for.</summary>
    /// <remarks>The SDK passes on what <see cref="HttpClient"/> throws where there is no answer.</remarks>
    public static bool IsOne(Exception exception) => exception is AmazonServiceException or AmazonClientException or HttpRequestException;

    /// <param name="failure">Of the SDK or its connection.</param>
    /// <param name="bucket">That was asked.</param>
    /// <param name="options">How it was asked.</param>
    public static IOException Describe(Exception failure, string bucket, S3Options options)
    {
        string at = options.ServiceUrl is { } url ? $"at {url.AbsoluteUri.TrimEnd('/')}" : "in AWS";
        return new IOException(failure is AmazonS3Exception answer ? Words(answer, bucket, at, options) : Words(failure), failure);
    }

    private static string Words(AmazonS3Exception answer, string bucket, string at, S3Options options) => answer.ErrorCode switch
    {
        "NoSuchBucket" => $"there is no bucket \"{bucket}\" {at}: create it, or mend its name",
        "PermanentRedirect" or "AuthorizationHeaderMalformed" or "IllegalLocationConstraintException" =>
            $"the bucket \"{bucket}\" is not in the region {options.Region ?? "of the default chain"}: {answer.Message}",
        "InvalidAccessKeyId" => $"the access key is not known {at}",
        "SignatureDoesNotMatch" => "the secret key does not belong to the access key (or something between here and there changes requests)",
        "ExpiredToken" or "InvalidToken" or "TokenRefreshRequired" => "the credentials have expired",
        "RequestTimeTooSkewed" or "RequestExpired" => "the clock of this machine is more than 15 minutes off: let NTP set it",
        "AccessDenied" or "AllAccessDisabled" or "Forbidden" => $"not allowed in the bucket \"{bucket}\" with prefix \"{options.Prefix}\": see the policies in docs/configuration.md",
        "NotImplemented" or "XAmzContentSHA256Mismatch" or "InvalidRequest" or "MissingContentLength" when !options.OnlyRequiredChecksums =>
            $"{answer.Message} A server that is older than such checksums needs OnlyRequiredChecksums",
        "SlowDown" or "ServiceUnavailable" or "InternalError" => $"S3 is busy or has a problem of its own: {answer.Message}",
        _ when answer.StatusCode == HttpStatusCode.MovedPermanently => $"the bucket \"{bucket}\" is in another region",
        _ => answer.ErrorCode is { Length: > 0 } code && !answer.Message.Contains(code, StringComparison.Ordinal) ? $"{code}: {answer.Message}" : FailureWords.Of(answer),
    };

    private static string Words(Exception failure) => failure.Message.Contains("credentials", StringComparison.OrdinalIgnoreCase)
        ? $"no AWS credentials were found: give AccessKey and SecretKey, or environment variables, a profile or a role as the AWS SDK takes them ({failure.Message})"
        : FailureWords.Of(failure);
}
