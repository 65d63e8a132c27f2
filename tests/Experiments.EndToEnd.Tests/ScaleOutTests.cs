using Experiments.EndToEnd.Tests.Support;

namespace Experiments.EndToEnd.Tests;

/// <summary>The split set-up over a real PostgreSQL and a real S3 server, brought up by the commands that the page prints.</summary>
public sealed class ScaleOutTests(PostgresServer postgres, S3Server s3) : IClassFixture<PostgresServer>, IClassFixture<S3Server>
{
    [Fact]
    public async Task ScaleOut_TwoControlServersTwoDecideNodesAndAGateway_WorksAsPrinted()
    {
        const string Bucket = "experiment-configs";
        await s3.CreateBucketAsync(Bucket);
        using TempDirectory data = new();
        string output = await WalkThrough.RunInRepositoryAsync(
            "docs/production.md",
            new[] { 3000, 3001, 3011, 3002, 3012 }.ToDictionary(static port => port, static _ => FreePort.Next()),
            new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["POSTGRES"] = await postgres.CreateDatabaseAsync(),
                ["S3_URL"] = s3.Url,
                ["S3_BUCKET"] = Bucket,
                ["S3_KEY"] = S3Server.AccessKey,
                ["S3_SECRET"] = S3Server.SecretKey,
                ["DATA"] = data.Path,
            });

        Assert.Equal(5, output.Split("{\"status\":\"ready\"}").Length - 1);
        Assert.Equal(3, output.Split("\"reason\":\"DISABLED\"").Length - 1);
        Assert.Contains("PostgreSQL at 127.0.0.1", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Username=", output, StringComparison.Ordinal);
    }
}
