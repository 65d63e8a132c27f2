using System.Globalization;
using System.Text.Json;
using Experiments.Benchmarks.Bars;

namespace Experiments.Benchmarks.Control;

/// <summary>
/// The mode <c>postgres</c>: what the control server needs to create, edit, list and publish where 50 environments hold 100,000 experiments in
/// PostgreSQL, over HTTP, and in alternation plain SQL that does the same on the same server.
/// </summary>
internal sealed class PostgresRun
{
    private const int PageSize = 20;

    private readonly ControlServerProcess _server;
    private readonly BarePostgres _bare;
    private readonly RequestRows _rows = new();
    private readonly Random _random = new(1);
    private readonly int _rounds;

    private PostgresRun(ControlServerProcess server, BarePostgres bare, int rounds) => (_server, _bare, _rounds) = (server, bare, rounds);

    public static async Task<int> RunAsync(string[] args)
    {
        bool isQuick = args.Contains("--quick");
        int environments = isQuick ? 2 : 50;
        int each = isQuick ? 50 : 2_000;
        string connection = CommandLine.Required(args, "--connection");
        string work = Directory.CreateTempSubdirectory("experiments-postgres-").FullName;
        try
        {
            using ControlServerProcess server = await ControlServerProcess.StartAsync(
                CommandLine.Required(args, "--server"), work, "--Experiments:Store:Kind", "postgres", "--Experiments:Store:ConnectionString", connection);
            using var bare = new BarePostgres(connection);
            var run = new PostgresRun(server, bare, isQuick ? 3 : 200);
            Guid[] filled = await run.FillAsync(environments, each);
            await run.MeasureAsync(filled[environments / 2], each);
            string path = CommandLine.Value(args, "--out") ?? Results.PathOf("postgres.json");
            Results.Write(path, new PostgresFile(MachineInfo.Current(), bare.Version, environments, environments * each, run._rows.Rows));
            Console.WriteLine($"written: {path}");
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }

        return 0;
    }

    private async Task<Guid[]> FillAsync(int environments, int each)
    {
        string document = ExperimentDocuments.Of(each);
        List<Guid> filled = [];
        for (int i = 0; i < environments; i++)
        {
            Guid id = (await _server.AskAsync(HttpMethod.Post, "environments", $$"""{"name":"environment-{{i}}"}""")).GetProperty("id").GetGuid();
            await _server.SendAsync(HttpMethod.Patch, $"environments/{id}", """{"publish":"manual"}""");
            await _server.SendAsync(HttpMethod.Post, $"environments/{id}/apply", document);
            JsonElement[] all = await AllAsync(id);
            _bare.Fill(id, all.Reverse().Select(static one => (one.GetProperty("id").GetGuid(), one.GetProperty("key").GetString()!, one.GetRawText())));
            filled.Add(id);
        }

        _bare.Analyze();
        return [.. filled];
    }

    private async Task<JsonElement[]> AllAsync(Guid environment)
    {
        List<JsonElement> all = [];
        for (int page = 1; ; page++)
        {
            JsonElement answer = await _server.AskAsync(HttpMethod.Get, $"experiments?environmentId={environment}&page={page}&pageSize=100");
            all.AddRange(answer.GetProperty("data").EnumerateArray());
            if (all.Count >= answer.GetProperty("pagination").GetProperty("total").GetInt32())
            {
                return [.. all];
            }
        }
    }

    private async Task MeasureAsync(Guid environment, int each)
    {
        Guid[] ids = [.. (await AllAsync(environment)).Select(static one => one.GetProperty("id").GetGuid())];
        byte[] snapshot = await SnapshotAsync(environment);
        string json = (await _server.AskAsync(HttpMethod.Get, $"experiments/{ids[0]}")).GetRawText();
        await _rows.AddAsync(
            "create", "an experiment is created", _rounds,
            i => _server.SendAsync(HttpMethod.Post, "experiments", $$"""{"key":"new-{{i}}","name":"New {{i}}","environmentId":"{{environment}}"}"""),
            () => _bare.Create(environment, $"new-{Guid.NewGuid()}", json), null, null);
        await _rows.AddAsync(
            "edit", "an edit of an experiment with its audit entry", _rounds,
            i => _server.SendAsync(HttpMethod.Patch, $"experiments/{ids[_random.Next(ids.Length)]}", $$"""{"description":"edit {{i}}"}"""),
            () => _bare.Edit(environment, ids[_random.Next(ids.Length)]), null, null);
        await ListAsync("list-first", "first page", environment, 1);
        await ListAsync("list-middle", "a page in the middle", environment, each / 2 / PageSize);
        await ListAsync("list-last", "last page", environment, each / PageSize);
        await _rows.AddAsync(
            "list-search", $"a page of {PageSize} with the total: by part of the key", _rounds,
            _ => _server.SendAsync(HttpMethod.Get, $"experiments?environmentId={environment}&search={ExperimentDocuments.Search}&page=1&pageSize={PageSize}"),
            () => _bare.Search(environment, ExperimentDocuments.Search, PageSize), null, null);
        await _rows.AddAsync(
            "publish", $"a publish of an environment of {each.ToString("n0", CultureInfo.InvariantCulture)}", Math.Max(3, _rounds / 10),
            async i =>
            {
                await _server.SendAsync(HttpMethod.Patch, $"experiments/{ids[0]}", $$"""{"tags":["round-{{i}}"]}""");
                return async () => await _server.SendAsync(HttpMethod.Post, $"environments/{environment}/publish", "{}");
            },
            () => _bare.ReadAllAndKeep(environment, snapshot), null, null);
    }

    private Task ListAsync(string id, string title, Guid environment, int page) => _rows.AddAsync(
        id, $"a page of {PageSize} with the total: {title}", _rounds,
        _ => _server.SendAsync(HttpMethod.Get, $"experiments?environmentId={environment}&page={page}&pageSize={PageSize}"),
        () => _bare.Page(environment, (page - 1) * PageSize, PageSize), null, null);

    private async Task<byte[]> SnapshotAsync(Guid environment)
    {
        await _server.SendAsync(HttpMethod.Post, $"environments/{environment}/publish", "{}");
        string name = (await _server.AskAsync(HttpMethod.Get, $"environments/{environment}")).GetProperty("name").GetString()!;
        return await _server.SendAsync(HttpMethod.Get, $"configs/{name}/snapshots/latest.json");
    }
}
