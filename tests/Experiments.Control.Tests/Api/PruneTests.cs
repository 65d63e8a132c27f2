using System.Net;
using Experiments.Client;
using Experiments.Client.Hosting;
using Experiments.Control.Publishing;
using Experiments.Control.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Experiments.Control.Tests.Api;

/// <summary>Old snapshots are deleted from the store, in a directory and in S3; what readers need and the way back stay.</summary>
public sealed class PruneTests(S3Server s3) : IClassFixture<S3Server>
{
    private static readonly TimeSpan s_pastGrace = RetentionRule.ReaderGrace + TimeSpan.FromMinutes(1);

    private readonly AheadTimeProvider _time = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Prune_KeepingTwo_DeletesTheOthersAndRollingBackStillWorks(bool isInS3)
    {
        using var directory = new TempDirectory();
        await using ControlServer server = await StartAsync(directory, isInS3);
        string environment = await PublishAsync(server.Api, versions: 5);
        _time.Ahead = s_pastGrace;
        Answer dry = (await PruneAsync(server.Api, environment, """{"keepVersions":2,"dryRun":true}""")).Expect(HttpStatusCode.OK);
        Assert.Equal("1 2 3", VersionsIn(dry));
        Assert.Contains("- version 1, written 20", dry["text"].GetString(), StringComparison.Ordinal);
        Assert.Equal("1 2 3", VersionsIn(await PruneAsync(server.Api, environment, """{"keepVersions":2,"dryRun":true}""")));

        Assert.Equal("1", VersionsIn(await PruneAsync(server.Api, environment, """{"keepVersions":2,"upTo":1,"dryRun":true}""")));
        Answer done = (await PruneAsync(server.Api, environment, """{"keepVersions":2}""")).Expect(HttpStatusCode.OK);
        Assert.Equal(("1 2 3", 2), (VersionsIn(done), done["kept"].GetInt32()));
        Assert.Equal("", VersionsIn(await PruneAsync(server.Api, environment, """{"keepVersions":2}""")));
        Assert.Equal(HttpStatusCode.NotFound, await SnapshotAsync(server, 3));
        Assert.Equal(HttpStatusCode.OK, await SnapshotAsync(server, 4));

        (await server.Api.PostAsync($"/environments/{environment}/rollback", """{"version":1}""")).Expect(HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.OK, await SnapshotAsync(server, 6));
    }

    [Fact]
    public async Task Prune_YoungerThanItsAge_DeletesNothing()
    {
        using var directory = new TempDirectory();
        await using ControlServer server = await StartAsync(directory, isInS3: false);
        string environment = await PublishAsync(server.Api, versions: 3);
        _time.Ahead = s_pastGrace;
        Assert.Equal("", VersionsIn(await PruneAsync(server.Api, environment, """{"keepVersions":1,"keepDays":1}""")));
    }

    [Fact]
    public async Task Prune_LiveUntilJustNow_StaysForReadersThatAreOnTheirWay()
    {
        using var directory = new TempDirectory();
        await using ControlServer server = await StartAsync(directory, isInS3: false);
        string environment = await PublishAsync(server.Api, versions: 3);

        Assert.Equal("", VersionsIn((await PruneAsync(server.Api, environment, """{"keepVersions":1}""")).Expect(HttpStatusCode.OK)));
        Assert.Equal(HttpStatusCode.OK, await SnapshotAsync(server, 1));

        _time.Ahead = s_pastGrace;
        Assert.Equal("1 2", VersionsIn((await PruneAsync(server.Api, environment, """{"keepVersions":1}""")).Expect(HttpStatusCode.OK)));
    }

    [Theory]
    [InlineData("{}", "keepVersions or keepDays is missing")]
    [InlineData("""{"keepVersions":0}""", "keepVersions must be 1 to 1000000, not 0")]
    [InlineData("""{"keepDays":-1}""", "keepDays must be 1 to 3650, not -1")]
    [InlineData("""{"keepVersions":"2"}""", "keepVersions")]
    [InlineData("""{"keepVersions":1.5}""", "keepVersions must be an integer")]
    [InlineData("""{"keepVersions":1,"dryRun":"yes"}""", "dryRun must be a boolean")]
    [InlineData("[]", "object")]
    [InlineData("""{"keepVersions":1,"dryrun":true}""", "dryrun is unknown; known here are keepVersions, keepDays, upTo, dryRun")]
    [InlineData("""{"keepVersions":1,"keepVersions":2}""", "keepVersions is there twice")]
    public async Task Prune_BadBody_IsRefused(string body, string expected)
    {
        using var directory = new TempDirectory();
        await using ControlServer server = await StartAsync(directory, isInS3: false);
        string environment = await PublishAsync(server.Api, versions: 2);
        _time.Ahead = s_pastGrace;
        string refused = (await PruneAsync(server.Api, environment, body)).ExpectProblem(HttpStatusCode.BadRequest);
        Assert.Contains(expected, refused, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await SnapshotAsync(server, 1));
    }

    [Fact]
    public async Task Prune_NoSuchEnvironment_IsNotFound()
    {
        using var directory = new TempDirectory();
        await using ControlServer server = await StartAsync(directory, isInS3: false);
        (await PruneAsync(server.Api, Guid.NewGuid().ToString(), """{"keepVersions":1}""")).Expect(HttpStatusCode.NotFound);
    }

    private async Task<ControlServer> StartAsync(TempDirectory directory, bool isInS3)
    {
        if (!isInS3)
        {
            return await ControlServer.StartAsync(directory, SnapshotStoreSettings.InDirectory(directory.PathOf("snapshots")), UseTime);
        }

        await s3.CreateBucketAsync("prune");
        return await ControlServer.StartAsync(directory, SnapshotStoreSettings.InBucket("prune", new S3Options
        {
            ServiceUrl = new Uri(s3.Url), Region = S3Server.Region, AccessKey = S3Server.AccessKey, SecretKey = S3Server.SecretKey,
        }), UseTime);
    }

    private void UseTime(IServiceCollection services) => services.AddSingleton<TimeProvider>(_time);

    private static async Task<string> PublishAsync(ApiClient api, int versions)
    {
        string environment = (await api.PostAsync("/environments", new { name = "prod" })).Expect(HttpStatusCode.Created).Id;
        for (int version = 0; version < versions; version++)
        {
            (await api.PostAsync($"/environments/{environment}/publish", "{}")).Expect(HttpStatusCode.OK);
        }

        return environment;
    }

    private static Task<Answer> PruneAsync(ApiClient api, string environment, string body) => api.PostAsync($"/environments/{environment}/versions/prune", body);

    private static string VersionsIn(Answer answer) =>
        string.Join(' ', answer["deleted"].EnumerateArray().Select(static one => one.GetProperty("version").GetInt64()));

    private static async Task<HttpStatusCode> SnapshotAsync(ControlServer server, int version) =>
        (await server.Api.GetAsync($"/configs/prod/snapshots/{version}.json")).Status;
}
