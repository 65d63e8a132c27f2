using System.Net;
using System.Text.Json;
using Experiments.EndToEnd.Tests.Support;
using Xunit.Abstractions;

namespace Experiments.EndToEnd.Tests;

/// <summary>The snapshot store is gone for a while: decisions go on, changes are stored, and publishing catches up by itself.</summary>
public sealed class StoreOutageTests(ITestOutputHelper log)
{
    private const string Bucket = "outage";

    [Fact]
    public async Task Directory_GoneForAWhile_DecisionsGoOnAndPublishingCatchesUp()
    {
        using var parent = new TempDirectory();
        string directory = parent.PathOf("snapshots");
        await using SplitProduct product = await SplitProduct.StartAsync(StoreSettings.InDirectory(directory), log);
        await RunAsync(
            product,
            leave: () =>
            {
                Directory.Move(directory, directory + ".away");

                // A file in its place: nothing can be created there.
                File.WriteAllText(directory, "");
                return Task.CompletedTask;
            },
            comeBack: () =>
            {
                File.Delete(directory);
                Directory.Move(directory + ".away", directory);
                return Task.CompletedTask;
            });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task S3_GoneForAWhile_DecisionsGoOnAndPublishingCatchesUp(bool hangs)
    {
        await using S3Server s3 = await S3Server.StartAsync();
        await s3.CreateBucketAsync(Bucket);
        await using SplitProduct product = await SplitProduct.StartAsync(StoreSettings.InS3(s3, Bucket), log);
        await RunAsync(
            product,
            leave: async () =>
            {
                if (hangs)
                {
                    s3.Suspend();
                }
                else
                {
                    await s3.KillAsync();
                }
            },
            comeBack: async () =>
            {
                if (hangs)
                {
                    s3.Resume();
                }
                else
                {
                    // It has forgotten everything: the next version must still be above what readers hold.
                    await s3.StartAgainAsync();
                    await s3.CreateBucketAsync(Bucket);
                }
            });
    }

    private static async Task RunAsync(SplitProduct product, Func<Task> leave, Func<Task> comeBack)
    {
        ControlApi api = product.Api;
        string id = await api.CreateRunningExperimentAsync(await api.CreateEnvironmentAsync("prod"), "exp");
        JsonElement? before = await Eventually.ReadAsync(
            _ => api.DecideAsync("prod", "user-1"), answer => ControlApi.VariantOf(answer) is not null, "a decision");
        await leave();

        string rules = """{"targetingRules":[{"conditions":[{"attribute":"plan","operator":"eq","value":"pro"}]}]}""";
        using (HttpResponseMessage change = await api.RequestAsync(HttpMethod.Patch, $"/experiments/{id}", rules))
        {
            Assert.Equal(HttpStatusCode.OK, change.StatusCode);
            Assert.Equal("true", Assert.Single(change.Headers.GetValues("x-publish-attempted")));
            Assert.Equal("false", Assert.Single(change.Headers.GetValues("x-publish-succeeded")));
            Assert.InRange(Assert.Single(change.Headers.GetValues("x-publish-error")).Length, 1, 512);
        }

        using (HttpResponseMessage publish = await api.RequestAsync(HttpMethod.Post, $"/experiments/{id}/publish", null))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, publish.StatusCode);
        }

        Assert.Equal(before!.Value.GetRawText(), (await api.DecideAsync("prod", "user-1"))!.Value.GetRawText());

        // A decide process that starts now has nothing but its last good snapshot.
        await product.Decide.KillAsync();
        await product.Decide.StartAsync();
        Assert.Equal(before.Value.GetRawText(), (await api.DecideAsync("prod", "user-1"))!.Value.GetRawText());

        await comeBack();
        JsonElement? after = await Eventually.ReadAsync(
            _ => api.DecideAsync("prod", "user-1"),
            answer => ControlApi.VariantOf(answer) is null,
            "the change that was made while the store was gone",
            TimeSpan.FromSeconds(60));
        Assert.True(ControlApi.VersionOf(after) > ControlApi.VersionOf(before));
    }
}
