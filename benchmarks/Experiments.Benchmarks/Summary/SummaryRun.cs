using Experiments.Benchmarks.Bars;
using Experiments.Benchmarks.Control;
using Experiments.Benchmarks.Dashboard;
using Experiments.Benchmarks.Start;

namespace Experiments.Benchmarks.Summary;

/// <summary>The mode <c>summary</c>: the JSON files of a run to one table.</summary>
internal static class SummaryRun
{
    public static int Run(string[] args)
    {
        string directory = CommandLine.Value(args, "--results") ?? Path.GetDirectoryName(Results.PathOf("bars.json"))!;
        T? Read<T>(string file)
            where T : class => Results.TryRead<T>(Path.Combine(directory, file));

        BarsFile bars = Read<BarsFile>("bars.json") ?? throw new InvalidOperationException($"{directory} has no bars.json: run the mode bars first.");
        var text = new SummaryText(
            bars, Read<NodeFile>("node.json"), Read<LoadFile>("load.json"), Read<StartFile>("start.json"), Read<ControlFile>("control.json"),
            Read<DashboardFile>("dashboard.json"), Read<PostgresFile>("postgres.json"));
        string path = Path.Combine(directory, "summary.md");
        File.WriteAllText(path, text.Write());
        Console.WriteLine($"written: {path}");
        return 0;
    }
}
