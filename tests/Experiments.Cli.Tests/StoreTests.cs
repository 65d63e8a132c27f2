using System.Net.Http.Json;
using System.Text.Json;
using Experiments.Cli.Tests.Support;

namespace Experiments.Cli.Tests;

/// <summary>backup, restore and migrate-store, with the real server on the store that came out of them.</summary>
public sealed class StoreTests(PostgresServer postgres) : IClassFixture<PostgresServer>, IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Backup_OfARunningServer_RestoresEverythingElsewhere()
    {
        await using ProductProcess server = await ProductProcess.StartAsync(ProductProgram.Server, []);
        await FillAsync(server.Http);
        string before = await ReadAllAsync(server.Http);
        CliTool tool = new(server.Url);
        string file = _directory.PathOf("backup.ndjson.gz");

        (await tool.RunAsync("backup", "-o", file)).Ends(0);
        await server.Http.PostAsJsonAsync("/api/environments", new { name = "later" });

        string restored = _directory.PathOf("restored");
        Assert.Contains("restored ", (await tool.RunAsync("restore", file, "--to", "litedb:" + restored)).Ends(0).Out, StringComparison.Ordinal);
        Assert.Equal([file], Directory.GetFiles(_directory.Path));
        await using ProductProcess second = await ProductProcess.StartAsync(ProductProgram.Server, [("DataDirectory", restored)]);
        Assert.Equal(before, await ReadAllAsync(second.Http));

        CliResult again = (await tool.RunAsync("restore", file, "--to", "litedb:" + restored)).Ends(1);
        Assert.Contains("in use by another process", again.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MigrateStore_ToPostgresAndBack_KeepsEverythingAndTheServerGoesOn()
    {
        string data = _directory.PathOf("data");
        string before;
        await using (ProductProcess server = await ProductProcess.StartAsync(ProductProgram.Server, [("DataDirectory", data)]))
        {
            await FillAsync(server.Http);
            before = await ReadAllAsync(server.Http);
        }

        string database = await postgres.CreateDatabaseAsync();
        CliTool tool = new("http://127.0.0.1:1") { Variables = { ["EXPERIMENTS_POSTGRES"] = database } };
        JsonElement moved = (await tool.RunAsync("migrate-store", "--from", "litedb:" + data, "--to", "postgres", "--json")).Ends(0).Json;
        Assert.True(moved.GetProperty("records").GetInt64() > 5);

        (string, string)[] settings = [("DataDirectory", data), ("Store:Kind", "postgres"), ("Store:ConnectionString", database)];
        await using (ProductProcess server = await ProductProcess.StartAsync(ProductProgram.Server, settings))
        {
            Assert.Equal(before, await ReadAllAsync(server.Http));
            HttpResponseMessage decided = await server.Http.GetAsync(new Uri("/api/decide?env=prod&user_key=u&include=flags", UriKind.Relative));
            Assert.Contains("new-nav", await decided.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        string back = _directory.PathOf("back");
        JsonElement returned = (await tool.RunAsync("migrate-store", "--from", "postgres:" + database, "--to", "litedb:" + back, "--json")).Ends(0).Json;
        Assert.Equal(moved.GetRawText(), returned.GetRawText());

        CliResult refused = (await tool.RunAsync("migrate-store", "--from", "litedb:" + back, "--to", "postgres")).Ends(1);
        Assert.Contains("not empty", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restore_ThatFails_LeavesNothingThatWasNotThere()
    {
        string cut = _directory.PathOf("cut.gz");
        await File.WriteAllBytesAsync(cut, ArchiveFile.WithoutEnd);
        string kept = Directory.CreateDirectory(_directory.PathOf("kept")).FullName;
        await File.WriteAllTextAsync(Path.Combine(kept, "other.txt"), "");
        CliTool tool = new("http://127.0.0.1:1");

        Assert.Contains("cut off", (await tool.RunAsync("restore", cut, "--to", "litedb:" + _directory.PathOf("new", "deep"))).Ends(1).Error, StringComparison.Ordinal);
        (await tool.RunAsync("restore", cut, "--to", "litedb:" + kept)).Ends(1);
        (await tool.RunAsync("migrate-store", "--from", "postgres:Host=127.0.0.1;Port=1", "--to", "litedb:" + _directory.PathOf("moved"))).Ends(1);

        Assert.Equal(["cut.gz", "kept/other.txt"], _directory.Files());
        Assert.Equal([kept], Directory.GetDirectories(_directory.Path));
    }

    [Fact]
    public async Task Restore_ThatFailsIntoADatabaseThatIsThere_LeavesIt()
    {
        (string whole, string cut, string data) = (_directory.PathOf("whole.gz"), _directory.PathOf("cut.gz"), _directory.PathOf("data"));
        await File.WriteAllBytesAsync(whole, ArchiveFile.Whole);
        await File.WriteAllBytesAsync(cut, ArchiveFile.WithoutEnd);
        CliTool tool = new("http://127.0.0.1:1");
        (await tool.RunAsync("restore", whole, "--to", "litedb:" + data)).Ends(0);

        (await tool.RunAsync("restore", cut, "--to", "litedb:" + data)).Ends(1);

        Assert.Contains("data/experiments.db", _directory.Files());
    }

    [Theory]
    [InlineData("migrate-store --from litedb:/nothing/here --to litedb:/tmp/never", 2, "there is no experiments.db")]
    [InlineData("migrate-store --from oracle:x --to postgres", 2, "is no store")]
    [InlineData("migrate-store --from postgres --to postgres", 2, "EXPERIMENTS_POSTGRES")]
    [InlineData("migrate-store --from postgres:Hots=x --to postgres", 2, "no connection string")]
    [InlineData("migrate-store --from postgres:Host=127.0.0.1;Port=1 --to litedb:/tmp/never", 1, "cannot be used")]
    [InlineData("restore /nothing/here.gz --to litedb:/tmp/never", 2, "cannot read")]
    [InlineData("backup -o /nothing/here.gz", 2, "cannot write")]
    public async Task Stores_ThatCannotBeUsed_AreRefusedInWords(string arguments, int exitCode, string words)
    {
        CliTool tool = new("http://127.0.0.1:1") { Variables = { ["EXPERIMENTS_POSTGRES"] = null } };

        Assert.Contains(words, (await tool.RunAsync(arguments.Split(' '))).Ends(exitCode).Error, StringComparison.Ordinal);
    }

    private static async Task FillAsync(HttpClient http)
    {
        string environmentId = (await ReadAsync(await http.PostAsJsonAsync("/api/environments", new { name = "prod" }))).GetProperty("id").GetString()!;
        await ReadAsync(await http.PostAsJsonAsync("/api/audiences", new { name = "beta", environmentId, rules = Array.Empty<object>() }));
        await ReadAsync(await http.PostAsJsonAsync("/api/experiments", new { name = "Button", key = "button", environmentId }));
        await ReadAsync(await http.PostAsJsonAsync("/api/flags", new
        {
            key = "new-nav", environmentId, type = "boolean", enabled = true, @default = "on", variants = new[] { new { key = "on", value = true } },
        }));
        await ReadAsync(await http.PostAsJsonAsync($"/api/environments/{environmentId}/publish", new { note = "by hand" }));
    }

    /// <summary>What a caller can read of it.</summary>
    private static async Task<string> ReadAllAsync(HttpClient http)
    {
        string id = (await http.GetFromJsonAsync<JsonElement>("/api/environments")).GetProperty("data")[0].GetProperty("id").GetString()!;
        string[] paths = ["environments", "audiences", "experiments", "flags", "audit?pageSize=100&page=1", $"environments/{id}/versions", $"environments/{id}/versions/1", $"environments/{id}/export"];
        return string.Join('\n', await Task.WhenAll(paths.Select(path => http.GetStringAsync(new Uri("/api/" + path, UriKind.Relative)))));
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response)
    {
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonElement.Parse(text);
    }
}
