using System.Globalization;
using System.Text.Json;
using Experiments.Benchmarks.Bars;
using Experiments.Benchmarks.Control;
using Experiments.Benchmarks.Dashboard;
using Microsoft.Playwright;

namespace Experiments.Benchmarks.Browser;

/// <summary>
/// The real server with two environments of 10,000 experiments and 10,000 flags each, and a real browser: how long people wait for what they
/// click on, and what a first load costs them. Every click alternates with a limit: a static file of the same server, fetched and shown.
/// </summary>
internal sealed class DashboardRun(IPage page, int rounds)
{
    private const int WarmUp = 3;
    private const string Interactive = "body[data-interactive=true]";
    private const string StaticFile = "/_content/Experiments.Dashboard/icon.svg";

    private static readonly string[] s_paths =
        ["/", "/experiments", "/experiments/{experiment}", "/flags", "/flags/{flag}", "/audiences", "/environments", "/publish", "/try", "/layers", "/audit", "/connect"];

    public static async Task<int> RunAsync(string[] args)
    {
        bool isQuick = args.Contains("--quick");
        int count = int.Parse(CommandLine.Value(args, "--count") ?? (isQuick ? "1000" : "10000"), CultureInfo.InvariantCulture);
        int rounds = int.Parse(CommandLine.Value(args, "--rounds") ?? (isQuick ? "3" : "40"), CultureInfo.InvariantCulture);
        string work = Directory.CreateTempSubdirectory("experiments-dashboard-").FullName;
        try
        {
            using ControlServerProcess server = await ControlServerProcess.StartAsync(CommandLine.Required(args, "--server"), work);
            await FillAsync(server, "prod", count, "");
            await FillAsync(server, "staging", count, " in staging");
            await using Chromium chromium = await Chromium.StartAsync();
            List<ClickRow> clicks = await MeasureClicksAsync(chromium, server, count, rounds, CommandLine.Value(args, "--click"));
            List<PageRow> pages = await MeasurePagesAsync(chromium, server);
            string path = CommandLine.Value(args, "--out") ?? Results.PathOf("dashboard.json");
            Results.Write(path, new DashboardFile(MachineInfo.Current(), chromium.Name, count, count, clicks, pages));
            Console.WriteLine($"written: {path}");
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }

        return 0;
    }

    private static async Task FillAsync(ControlServerProcess server, string name, int count, string suffix)
    {
        string id = (await server.AskAsync(HttpMethod.Post, "environments", $$"""{"name":"{{name}}"}""")).GetProperty("id").GetString()!;
        await server.SendAsync(HttpMethod.Patch, $"environments/{id}", """{"publish":"manual"}""");
        await server.SendAsync(HttpMethod.Post, $"environments/{id}/apply", Documents.Of(count));
        await server.SendAsync(HttpMethod.Post, $"environments/{id}/publish", "{}");

        // One change that waits, of a flag that is the first in no list but its own environment's.
        JsonElement flag = (await server.AskAsync(HttpMethod.Get, $"flags?environmentId={id}&archived=false&page=1&pageSize=1")).GetProperty("data")[0];
        await server.SendAsync(
            HttpMethod.Patch, $"flags/{flag.GetProperty("id").GetString()}", $$"""{"name":"{{flag.GetProperty("name").GetString()}}{{suffix}}","enabled":false}""");
    }

    private static async Task<List<ClickRow>> MeasureClicksAsync(Chromium chromium, ControlServerProcess server, int count, int rounds, string? only)
    {
        IPage page = await chromium.OpenAsync(server.Url);
        await page.AddInitScriptAsync(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Stopwatch.js")));
        var run = new DashboardRun(page, rounds);
        List<ClickRow> rows = [];
        foreach (Click click in Clicks.All(count).Where(click => only is null || click.Id == only))
        {
            rows.Add(await run.MeasureAsync(click));
            Console.WriteLine(rows[^1]);
        }

        await page.Context.CloseAsync();
        return rows;
    }

    private static async Task<List<PageRow>> MeasurePagesAsync(Chromium chromium, ControlServerProcess server)
    {
        string experiment = await FirstAsync(server, "experiments");
        string flag = await FirstAsync(server, "flags");
        List<PageRow> rows = [];
        foreach (string path in s_paths)
        {
            IPage page = await chromium.OpenAsync(server.Url);
            PageRow row = await FirstLoad.MeasureAsync(
                page, path.Replace("{experiment}", experiment, StringComparison.Ordinal).Replace("{flag}", flag, StringComparison.Ordinal));
            await page.Context.CloseAsync();
            rows.Add(row with { Path = path });
            Console.WriteLine(rows[^1]);
        }

        return rows;
    }

    private static async Task<string> FirstAsync(ControlServerProcess server, string kind) =>
        (await server.AskAsync(HttpMethod.Get, $"{kind}?page=1&pageSize=1")).GetProperty("data")[0].GetProperty("id").GetString()!;

    private async Task<ClickRow> MeasureAsync(Click click)
    {
        await page.GotoAsync(click.Path);
        await page.WaitForSelectorAsync(Interactive, new() { State = WaitForSelectorState.Attached });
        List<double> ours = [];
        List<double> limits = [];
        for (int round = -WarmUp; round < rounds; round++)
        {
            foreach ((int step, (string act, string seen)) in click.Steps.Index())
            {
                double ms = await page.EvaluateAsync<double>($"stopwatch.measure(() => {{ {act} }}, () => {seen})");
                if (round >= 0 && step < click.Measured)
                {
                    ours.Add(ms);
                }
            }

            double limit = await page.EvaluateAsync<double>($"stopwatch.fetchAndShow('{StaticFile}')");
            if (round >= 0)
            {
                limits.Add(limit);
            }
        }

        return new ClickRow(
            click.Id, click.Title, Quantiles.Median(ours), Quantiles.At(ours, 0.95), Quantiles.Median(limits), Quantiles.At(limits, 0.95));
    }
}
