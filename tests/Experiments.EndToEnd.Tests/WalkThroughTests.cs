using System.Net;
using System.Text.Json;
using Experiments.EndToEnd.Tests.Support;
using Xunit.Abstractions;

namespace Experiments.EndToEnd.Tests;

public sealed class WalkThroughTests(ITestOutputHelper log)
{
    private const string User = "user-123";
    private const string InUs = """{"country":"US"}""";
    private const string InGermany = """{"country":"DE"}""";

    [Fact]
    public async Task Readme_AllInOne_WorksAsPrinted()
    {
        await using ProductProcess server = await ProductProcess.StartAsync(ProductProgram.Server, [], log);
        string output = await WalkThrough.RunAsync(server.Url);
        string[] lines = output.Split('\n');
        Assert.Contains(lines, line => line.Contains("x-publish-attempted: true", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("x-publish-succeeded: true", StringComparison.Ordinal));

        // In one process a change is decided on as soon as it is published: the last two answers are with and without an assignment.
        string[] answers = [.. output.Split("{\"user_key\":").Skip(1)];
        Assert.Equal(4, answers.Length);
        Assert.All(answers[..3], answer => Assert.Contains("\"variant_key\":", answer, StringComparison.Ordinal));
        Assert.Contains("\"assignments\":[]", answers[3], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Readme_AfterARestart_EverythingIsStillThere()
    {
        await using ProductProcess server = await ProductProcess.StartAsync(ProductProgram.Server, [], log);
        await WalkThrough.RunAsync(server.Url);
        var api = new ControlApi(server.Http);
        JsonElement? before = await api.DecideAsync("prod", User, InUs);
        Assert.Equal(0, await server.StopAsync());
        await server.StartAsync();
        JsonElement? after = await api.DecideAsync("prod", User, InUs);
        Assert.Equal(before!.Value.GetRawText(), after!.Value.GetRawText());
        JsonElement experiments = (await api.GetAsync("/experiments")).GetProperty("data");
        Assert.Equal("RUNNING", Assert.Single(experiments.EnumerateArray()).GetProperty("status").GetString());
    }

    [Theory]
    [InlineData(ProductProgram.Decide)]
    [InlineData(ProductProgram.DecideNative)]
    public async Task Readme_ThreeProcessesOverADirectory_WorksAsPrinted(ProductProgram decide)
    {
        using var directory = new TempDirectory();
        await using SplitProduct product = await SplitProduct.StartAsync(StoreSettings.InDirectory(directory.Path), log, decide);
        await WalkAndCheckAsync(product);
    }

    [Theory]
    [InlineData(ProductProgram.Decide)]
    [InlineData(ProductProgram.DecideNative)]
    public async Task Readme_ThreeProcessesOverS3_WorksAsPrinted(ProductProgram decide)
    {
        await using S3Server s3 = await S3Server.StartAsync();
        await s3.CreateBucketAsync("walk-through");
        await using SplitProduct product = await SplitProduct.StartAsync(StoreSettings.InS3(s3, "walk-through"), log, decide);
        await WalkAndCheckAsync(product);
    }

    private static async Task WalkAndCheckAsync(SplitProduct product)
    {
        await WalkThrough.RunAsync(product.Gateway.Url);
        await Eventually.PassesAsync(
            async () =>
            {
                Assert.NotNull(ControlApi.VariantOf(await product.Api.DecideAsync("prod", User, InUs)));
                Assert.Null(ControlApi.VariantOf(await product.Api.DecideAsync("prod", User, InGermany)));
            },
            "the targeting of the last step");
        using HttpResponseMessage health = await product.Gateway.Http.GetAsync(new Uri("/health", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
        Assert.Equal(
            """{"status":"ok","services":{"experiment_service":"ok","decision_service":"ok"}}""", await health.Content.ReadAsStringAsync());
        JsonElement versions = await new ControlApi(product.Decide.Http, "").GetAsync("/health");
        Assert.True(versions.GetProperty("config_versions").GetProperty("prod").GetInt64() >= 3);
    }
}
