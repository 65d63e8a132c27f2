using System.Net;
using Experiments.Client;
using Experiments.Client.Hosting;
using Experiments.Control.Tests.Support;

namespace Experiments.Control.Tests.Api;

/// <summary>The control role over a real S3 server, which goes away and comes back.</summary>
public sealed class PublishToS3Tests(S3Server s3) : IClassFixture<S3Server>
{
    private const string Prefix = "some/prefix";

    [Fact]
    public async Task Change_ToABucket_WritesTheThreeObjects()
    {
        await using Bench bench = await Bench.StartAsync(s3, "three-objects");

        ExperimentScenario scenario = await bench.Api.CreateScenarioAsync("RUNNING");

        string folder = $"{Prefix}/configs/{scenario.EnvironmentName}";
        Assert.Equal(
            [$"{folder}/snapshots/1.json", $"{folder}/snapshots/latest.json", $"{folder}/version.json"],
            await s3.ListAsync("three-objects"));
        Answer served = (await bench.Api.GetAsync($"/configs/{scenario.EnvironmentName}/snapshots/1.json")).Expect(HttpStatusCode.OK);
        Assert.Equal(await s3.GetAsync("three-objects", $"{folder}/snapshots/1.json"), served.Body);
    }

    [Fact]
    public async Task Change_ServerFrozen_StandsAndIsPublishedOnceItAnswers()
    {
        await using Bench bench = await Bench.StartAsync(s3, "frozen");
        ExperimentScenario scenario = await bench.Api.CreateScenarioAsync("RUNNING");
        Answer paused;
        s3.Suspend();
        try
        {
            paused = await bench.Api.PatchAsync($"{scenario.Path}/status", new { status = "PAUSED" });
        }
        finally
        {
            s3.Resume();
        }

        Assert.Equal("PAUSED", paused.Expect(HttpStatusCode.OK)["status"].GetString());
        Assert.Equal("true", paused.Header("x-publish-attempted"));
        Assert.Equal("false", paused.Header("x-publish-succeeded"));
        await Eventually.PassesAsync(
            async () =>
            {
                Answer latest = await bench.Api.GetAsync($"/configs/{scenario.EnvironmentName}/snapshots/latest.json");
                Assert.InRange(latest.Expect(HttpStatusCode.OK)["version"].GetInt64(), 2, long.MaxValue);
                Assert.Equal("[]", latest["experiments"].GetRawText());
            },
            "the pause in the bucket",
            state: bench.Log);
    }

    [Fact]
    public async Task Change_NoBucket_NamesThePlaceAndIsPublishedOnceThereIsOne()
    {
        await using Bench bench = await Bench.StartAsync(s3, "late", create: false);
        ExperimentScenario scenario = await bench.Api.CreateScenarioAsync();

        Answer started = await bench.Api.PatchAsync($"{scenario.Path}/status", new { status = "RUNNING" });

        Assert.Equal("false", started.Expect(HttpStatusCode.OK).Header("x-publish-succeeded"));
        Assert.Contains($"s3://late/{Prefix}", started.Header("x-publish-error"), StringComparison.Ordinal);
        await s3.CreateBucketAsync("late");
        await Eventually.HoldsAsync(
            async _ => (await bench.Api.GetAsync($"/configs/{scenario.EnvironmentName}/version.json")).Status == HttpStatusCode.OK,
            "a pointer in the bucket",
            state: bench.Log);
    }

    [Fact]
    public async Task Change_ServerGoneAndBackEmpty_IsPublishedUnderAHigherVersion()
    {
        await using Bench bench = await Bench.StartAsync(s3, "emptied");
        ExperimentScenario scenario = await bench.Api.CreateScenarioAsync("PAUSED");
        await s3.KillAsync();
        Answer started;
        try
        {
            started = await bench.Api.PatchAsync($"{scenario.Path}/status", new { status = "RUNNING" });
        }
        finally
        {
            await s3.StartAgainAsync();
        }

        Assert.Equal("false", started.Expect(HttpStatusCode.OK).Header("x-publish-succeeded"));
        await s3.CreateBucketAsync("emptied");
        await Eventually.PassesAsync(
            async () =>
            {
                Answer latest = await bench.Api.GetAsync($"/configs/{scenario.EnvironmentName}/snapshots/latest.json");
                Assert.InRange(latest.Expect(HttpStatusCode.OK)["version"].GetInt64(), 3, long.MaxValue);
                Assert.Equal([scenario.ExperimentId], Shapes.Column(latest["experiments"], "id"));
            },
            "the start in the bucket",
            state: bench.Log);
    }

    [Fact]
    public async Task GetConfigs_NoBucket_Answers503()
    {
        await using Bench bench = await Bench.StartAsync(s3, "never", create: false);

        (await bench.Api.GetAsync("/configs/prod/version.json")).ExpectProblem(HttpStatusCode.ServiceUnavailable);
    }

    private sealed class Bench(TempDirectory directory, ControlServer server) : IAsyncDisposable
    {
        public ApiClient Api => server.Api;

        public string Log() => server.Log.ToString();

        public static async Task<Bench> StartAsync(S3Server s3, string bucket, bool create = true)
        {
            if (create)
            {
                await s3.CreateBucketAsync(bucket);
            }

            var directory = new TempDirectory();
            var options = new S3Options
            {
                Prefix = Prefix,
                ServiceUrl = new Uri(s3.Url),
                Region = S3Server.Region,
                AccessKey = S3Server.AccessKey,
                SecretKey = S3Server.SecretKey,
            };
            return new Bench(directory, await ControlServer.StartAsync(directory, SnapshotStoreSettings.InBucket(bucket, options)));
        }

        public async ValueTask DisposeAsync()
        {
            await server.DisposeAsync();
            directory.Dispose();
        }
    }
}
