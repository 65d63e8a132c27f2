using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Experiments.Client.Snapshots;
using Experiments.EndToEnd.Tests.Support;

namespace Experiments.EndToEnd.Tests.Faults.Support;

/// <summary>All versions of an environment: what the database says of each, and what is in the store.</summary>
internal sealed class PublishHistory
{
    private readonly IReadOnlyList<JsonElement> _rows;

    private PublishHistory(IReadOnlyList<JsonElement> rows) => _rows = rows;

    public int Count => _rows.Count;

    public int Published => WithStatus("PUBLISHED").Count();

    /// <summary>By status: those that are not published.</summary>
    public string Others => string.Join(", ", _rows.GroupBy(StatusOf, StringComparer.Ordinal).Where(static rows => rows.Key != "PUBLISHED")
        .Select(static rows => $"{rows.Key}: {rows.Count()}"));

    public long Last => WithStatus("PUBLISHED").Max(VersionOf);

    public static async Task<PublishHistory> ReadAsync(ControlApi api, string environmentId) =>
        new(await Pages.ReadAllAsync(api, $"/environments/{environmentId}/versions"));

    /// <summary>
    /// Every number from 1 on has its row; each row that is not published says why (FAILED with a reason) or was being published when its server died
    /// (CLAIMED); each that is published is in the store, with the checksum that was written down; the store has nothing else, and its pointer names the last.
    /// </summary>
    public async Task CheckAsync(S3Server s3, string bucket, string prefix, string environment)
    {
        Assert.Equal(Enumerable.Range(1, _rows.Count).Select(static version => (long)version), _rows.Select(VersionOf).Order());
        Assert.All(WithStatus("FAILED"), static row => Assert.NotEmpty(row.GetProperty("error").GetString()!));
        Assert.All(_rows, static row => Assert.Contains(StatusOf(row), new[] { "PUBLISHED", "FAILED", "CLAIMED" }));
        foreach (JsonElement row in WithStatus("PUBLISHED"))
        {
            byte[]? content = await s3.GetAsync(bucket, $"{prefix}/{SnapshotKeys.Snapshot(environment, VersionOf(row))}");
            Assert.Equal(row.GetProperty("sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(content!)));
        }

        JsonElement pointer = JsonElement.Parse((await s3.GetAsync(bucket, $"{prefix}/{SnapshotKeys.Pointer(environment)}"))!);
        Assert.Equal(Last, pointer.GetProperty("version").GetInt64());
    }

    /// <summary>The last snapshot without what differs between any two publishes of the same definitions.</summary>
    public async Task<string> ReadLastContentAsync(S3Server s3, string bucket, string prefix, string environment)
    {
        JsonObject snapshot = JsonNode.Parse((await s3.GetAsync(bucket, $"{prefix}/{SnapshotKeys.Snapshot(environment, Last)}"))!)!.AsObject();
        Assert.True(snapshot.Remove("version") && snapshot.Remove("publishedAt"));
        return snapshot.ToJsonString();
    }

    private IEnumerable<JsonElement> WithStatus(string status) => _rows.Where(row => StatusOf(row) == status);

    private static string StatusOf(JsonElement row) => row.GetProperty("status").GetString()!;

    private static long VersionOf(JsonElement row) => row.GetProperty("version").GetInt64();
}
