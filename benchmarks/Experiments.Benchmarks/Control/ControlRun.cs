using System.Globalization;
using System.Text;
using System.Text.Json;
using Experiments.Benchmarks.Bars;

namespace Experiments.Benchmarks.Control;

/// <summary>
/// The mode <c>control</c>: what the control server needs to edit, list and publish where an environment has 10,000 flags, over HTTP, and
/// in alternation what LiteDB alone needs to write and read the same documents.
/// </summary>
internal sealed class ControlRun
{
    private const int PageSize = 20;
    private const double EditMedianMs = 15;
    private const double EditP99Ms = 50;
    private const double ListMs = 50;
    private const double PublishMs = 1000;

    private readonly ControlServerProcess _server;
    private readonly BareLiteDb _bare;
    private readonly string _environmentId;
    private readonly string[] _flagIds;
    private readonly int _rounds;
    private readonly Random _random = new(1);
    private readonly RequestRows _rows = new();

    private ControlRun(ControlServerProcess server, BareLiteDb bare, string environmentId, string[] flagIds, int rounds) =>
        (_server, _bare, _environmentId, _flagIds, _rounds) = (server, bare, environmentId, flagIds, rounds);

    public static async Task<int> RunAsync(string[] args)
    {
        bool isQuick = args.Contains("--quick");
        int flags = int.Parse(CommandLine.Value(args, "--flags") ?? (isQuick ? "200" : "10000"), CultureInfo.InvariantCulture);
        string work = Directory.CreateTempSubdirectory("experiments-control-").FullName;
        try
        {
            using ControlServerProcess server = await ControlServerProcess.StartAsync(CommandLine.Required(args, "--server"), work);
            string environmentId = (await server.AskAsync(HttpMethod.Post, "environments", """{"name":"prod"}""")).GetProperty("id").GetString()!;
            await server.SendAsync(HttpMethod.Patch, $"environments/{environmentId}", """{"publish":"manual"}""");
            await server.SendAsync(HttpMethod.Post, $"environments/{environmentId}/apply", FlagDocuments.Of(flags));
            await server.SendAsync(HttpMethod.Post, $"environments/{environmentId}/publish", "{}");
            JsonElement[] all = await AllAsync(server, environmentId);
            using var bare = new BareLiteDb(
                Path.Combine(work, "bare.db"), [.. all.Reverse().Select(static flag => Encoding.UTF8.GetBytes(flag.GetRawText()))]);
            var run = new ControlRun(
                server, bare, environmentId, [.. all.Select(static flag => flag.GetProperty("id").GetString()!)], isQuick ? 3 : 400);
            await run.MeasureAsync(new FileInfo(Path.Combine(work, "experiments.db")).Length);
            string path = CommandLine.Value(args, "--out") ?? Results.PathOf("control.json");
            Results.Write(path, new ControlFile(MachineInfo.Current(), flags, run._rows.Rows));
            Console.WriteLine($"written: {path}");
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }

        return 0;
    }

    private static async Task<JsonElement[]> AllAsync(ControlServerProcess server, string environmentId)
    {
        List<JsonElement> all = [];
        for (int page = 1; ; page++)
        {
            JsonElement answer = await server.AskAsync(HttpMethod.Get, $"flags?environmentId={environmentId}&page={page}&pageSize=100");
            all.AddRange(answer.GetProperty("data").EnumerateArray());
            if (all.Count >= answer.GetProperty("pagination").GetProperty("total").GetInt32())
            {
                return [.. all];
            }
        }
    }

    private async Task MeasureAsync(long keptBytes)
    {
        await EditsAsync();
        await ListAsync("list-first", "first page", "", () => _bare.Page(0, PageSize), 1);
        await ListAsync("list-middle", "a page in the middle", "", () => _bare.Page(_flagIds.Length / 2, PageSize), (_flagIds.Length / 2 / PageSize) + 1);
        await ListAsync("list-last", "last page", "", () => _bare.Page(_flagIds.Length - PageSize, PageSize), _flagIds.Length / PageSize);
        await ListAsync("list-tag", "by tag", $"&tag={FlagDocuments.Tag}", () => _bare.Search(Encoding.UTF8.GetBytes($"\"{FlagDocuments.Tag}\"")), 1);
        await ListAsync("list-search", "by part of the key", $"&search={FlagDocuments.Search}", () => _bare.Search(Encoding.UTF8.GetBytes(FlagDocuments.Search)), 1);
        await ListAsync("list-archived", "the archived ones", "&archived=true", null, 1);
        await AuditAsync();
        await PublishAsync(new byte[Math.Min(keptBytes, _flagIds.Length * 300)]);
        await LiveEditsAsync();
    }

    private async Task EditsAsync() => await _rows.AddAsync(
        "edit", "an edit of a flag with its audit entry", _rounds,
        i => _server.SendAsync(HttpMethod.Patch, $"flags/{_flagIds[_random.Next(_flagIds.Length)]}", $$"""{"description":"edit {{i}}"}"""),
        () => _bare.Edit(_random.Next(_flagIds.Length)),
        EditMedianMs,
        EditP99Ms);

    private async Task ListAsync(string id, string title, string filter, Action? bare, int page) => await _rows.AddAsync(
        id, $"a page of {PageSize} flags with the total: {title}", _rounds / 2,
        _ => _server.SendAsync(HttpMethod.Get, $"flags?environmentId={_environmentId}{filter}&page={page}&pageSize={PageSize}"),
        bare,
        null,
        ListMs);

    private async Task AuditAsync() => await _rows.AddAsync(
        "list-audit", "a page of the audit log by actor and action", Math.Max(1, _rounds / 4),
        _ => _server.SendAsync(HttpMethod.Get, $"audit?environmentId={_environmentId}&actor=anonymous&action=update&page=2&pageSize={PageSize}"),
        null,
        null,
        ListMs);

    private async Task PublishAsync(byte[] content) => await _rows.AddAsync(
        "publish", "a publish of all flags", Math.Max(3, _rounds / 20),
        async i =>
        {
            // Something to publish: not measured, as the edit has a row of its own.
            await ToggleAsync(i);
            return async () => await _server.SendAsync(HttpMethod.Post, $"environments/{_environmentId}/publish", "{}");
        },
        () => _bare.ReadAllAndKeep(content),
        PublishMs,
        null);

    private async Task LiveEditsAsync()
    {
        await _server.SendAsync(HttpMethod.Patch, $"environments/{_environmentId}", """{"publish":"auto"}""");
        await _rows.AddAsync("edit-live", "an edit that publishes by itself", Math.Max(3, _rounds / 20), ToggleAsync, null, null, null);
    }

    private Task<byte[]> ToggleAsync(int i) => _server.SendAsync(
        HttpMethod.Patch, $"flags/{_flagIds[1]}", $$"""{"enabled":{{(i % 2 == 0 ? "false" : "true")}}}""");
}
