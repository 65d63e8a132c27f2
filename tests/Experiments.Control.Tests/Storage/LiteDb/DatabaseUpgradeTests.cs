using System.IO.Compression;
using System.Net;
using Experiments.Control.Tests.Support;

namespace Experiments.Control.Tests.Storage.LiteDb;

/// <summary>Databases that older servers wrote: before there were flags, before the audit log's keys held what it is filtered
/// by, and before it could be searched.</summary>
public sealed class DatabaseUpgradeTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Start_DatabaseOfTheFirstFormat_IsUpgradedAndEverythingWorks()
    {
        await UnpackAsync("database-format-1.db.gz");

        for (int start = 1; start <= 2; start++)
        {
            await using ControlServer server = await ControlServer.StartAsync(_directory);
            ApiClient api = server.Api;
            Answer experiments = (await api.GetAsync("/experiments")).Expect(HttpStatusCode.OK);
            string id = ApiClient.Items(experiments)[0].GetProperty("id").GetString()!;
            string environmentId = ApiClient.Items(experiments)[0].GetProperty("environmentId").GetString()!;

            // Before anything else: of what is live the database has no content yet.
            (await api.GetAsync($"/environments/{environmentId}/diff")).Expect(HttpStatusCode.OK);
            (await api.PostAsync($"/environments/{environmentId}/publish")).Expect(HttpStatusCode.OK);
            (await api.PatchAsync($"/experiments/{id}", new { name = $"renamed {start}" })).Expect(HttpStatusCode.OK);
            (await api.PostAsync($"/experiments/{id}/publish")).Expect(HttpStatusCode.OK);
            await api.CreateFlagAsync(environmentId);
            (await api.GetAsync($"/environments/{environmentId}/diff")).Expect(HttpStatusCode.OK);
            Assert.Equal(start, (await api.GetAsync($"/flags?environmentId={environmentId}"))["pagination"].GetProperty("total").GetInt32());
            Assert.NotEmpty(ApiClient.Items(await api.GetAsync($"/experiments/{id}/history")));
            Assert.Empty(server.Errors);
        }
    }

    [Fact]
    public async Task Start_DatabaseOfTheSecondFormat_FiltersItsAuditLog()
    {
        await UnpackAsync("database-format-2.db.gz");
        for (int start = 1; start <= 2; start++)
        {
            await using ControlServer server = await ControlServer.StartAsync(_directory);
            ApiClient api = server.Api;
            string all = string.Join(' ', await ActionsAsync(api, ""));

            Assert.Equal("publish delete update publish create publish create publish create create", all);
            Assert.Equal(["update", "create"], await ActionsAsync(api, "?actor=ada"));
            Assert.Equal(["delete"], await ActionsAsync(api, "?actor=bob&kind=flag"));
            Assert.Equal(4, (await ActionsAsync(api, "?action=publish")).Count);
            string id = ApiClient.Items(await api.GetAsync("/flags?search=ONE"))[0].GetProperty("id").GetString()!;
            Assert.Equal(["update", "create"], Shapes.Column((await api.GetAsync($"/flags/{id}/history"))["data"], "action"));
            Assert.Empty(server.Errors);
        }
    }

    [Fact]
    public async Task Start_DatabaseOfTheThirdFormat_SearchesItsAuditLog()
    {
        await UnpackAsync("database-format-3.db.gz");
        for (int start = 1; start <= 2; start++)
        {
            await using ControlServer server = await ControlServer.StartAsync(_directory);
            ApiClient api = server.Api;

            // The change and the publish that it made.
            Assert.Equal(["publish", "create"], await ActionsAsync(api, "?search=spring%20SALE"));
            Assert.Equal(["publish", "update"], await ActionsAsync(api, "?search=aaa%20the%20END"));
            Assert.Equal(["delete", "update", "create"], await ActionsAsync(api, "?search=ONE&kind=flag"));
            Assert.Equal(["update"], await ActionsAsync(api, "?search=bob&action=update"));
            Assert.Empty(await ActionsAsync(api, "?search=nobody"));
            Assert.Empty(server.Errors);
        }
    }

    private static async Task<IReadOnlyList<string?>> ActionsAsync(ApiClient api, string query) =>
        [.. Shapes.Column((await api.GetAsync($"/audit{query}")).Expect(HttpStatusCode.OK)["data"], "action")];

    private async Task UnpackAsync(string vector)
    {
        await using var packed = new GZipStream(File.OpenRead(Repository.Vectors(vector)), CompressionMode.Decompress);
        await using FileStream database = File.Create(_directory.PathOf("experiments.db"));
        await packed.CopyToAsync(database);
    }
}
