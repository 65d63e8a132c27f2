using System.IO.Compression;
using System.Net;
using Experiments.Control.Tests.Support;

namespace Experiments.Control.Tests.Storage.LiteDb;

/// <summary>A database that a server wrote before there were flags: <c>tests/vectors/database-format-1.db.gz</c>.</summary>
public sealed class DatabaseUpgradeTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Start_DatabaseOfTheFirstFormat_IsUpgradedAndEverythingWorks()
    {
        await using (var packed = new GZipStream(File.OpenRead(Repository.Vectors("database-format-1.db.gz")), CompressionMode.Decompress))
        await using (FileStream database = File.Create(_directory.PathOf("experiments.db")))
        {
            await packed.CopyToAsync(database);
        }

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
}
