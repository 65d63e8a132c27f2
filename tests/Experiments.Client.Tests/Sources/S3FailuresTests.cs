using System.Text;
using Experiments.Client.Sources;
using Microsoft.AspNetCore.Http;

namespace Experiments.Client.Tests.Sources;

/// <summary>What people read when a bucket cannot be used, by the answers that S3 documents.</summary>
public sealed class S3FailuresTests
{
    [Theory]
    [InlineData(404, "NoSuchBucket", "", "there is no bucket \"flags\" at http://127.0.0.1")]
    [InlineData(301, "PermanentRedirect", "use the endpoint eu-west-1", "is not in the region us-west-2: use the endpoint eu-west-1")]
    [InlineData(400, "AuthorizationHeaderMalformed", "expecting 'eu-west-1'", "is not in the region us-west-2: expecting 'eu-west-1'")]
    [InlineData(403, "InvalidAccessKeyId", "", "the access key is not known at http://127.0.0.1")]
    [InlineData(403, "SignatureDoesNotMatch", "", "the secret key does not belong to the access key")]
    [InlineData(403, "RequestTimeTooSkewed", "", "the clock of this machine is more than 15 minutes off")]
    [InlineData(400, "ExpiredToken", "", "the credentials have expired")]
    [InlineData(400, "InvalidRequest", "x-amz-checksum is not known.", "needs OnlyRequiredChecksums")]
    [InlineData(501, "NotImplemented", "A header implies functionality that is not implemented.", "needs OnlyRequiredChecksums")]
    [InlineData(503, "SlowDown", "Reduce your request rate.", "S3 is busy")]
    [InlineData(418, "Teapot", "short and stout", "Teapot: short and stout")]
    public async Task Read_RefusedByS3_SaysWhatToMend(int status, string code, string message, string words)
    {
        IOException failure = await FailAsync(status, code, message);

        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-of-the-test", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_NobodyListens_SaysSo()
    {
        using S3Source source = new("flags", new S3Options { ServiceUrl = new Uri("http://127.0.0.1:1"), AccessKey = "a", SecretKey = "secret-of-the-test" });

        Exception failure = await Assert.ThrowsAnyAsync<Exception>(async () => await source.ReadAsync("configs/a/version.json", null, 1000, default));

        Assert.Contains("refused", failure.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Read_TlsFails_SaysWhy()
    {
        await using HttpStore store = await HttpStore.StartAsync(200, []);
        var url = new UriBuilder(store.Url) { Scheme = Uri.UriSchemeHttps };
        using S3Source source = new("flags", new S3Options { ServiceUrl = url.Uri, AccessKey = "a", SecretKey = "secret-of-the-test" });

        IOException failure = await Assert.ThrowsAsync<IOException>(async () => await source.ReadAsync("configs/a/version.json", null, 1000, default));

        Assert.DoesNotContain("see inner exception", failure.Message, StringComparison.OrdinalIgnoreCase);
        Assert.EndsWith($": {failure.GetBaseException().Message}", failure.Message, StringComparison.Ordinal);
    }

    private static async Task<IOException> FailAsync(int status, string code, string message)
    {
        await using HttpStore store = await HttpStore.StartAsync(async context =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = "application/xml";
            await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes($"<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>{code}</Code><Message>{message}</Message></Error>"));
        });
        using S3Source source = new("flags", new S3Options { ServiceUrl = new Uri(store.Url), Region = "us-west-2", AccessKey = "a", SecretKey = "secret-of-the-test" });
        return await Assert.ThrowsAsync<IOException>(async () => await source.ReadAsync("configs/a/version.json", null, 1000, default));
    }
}
