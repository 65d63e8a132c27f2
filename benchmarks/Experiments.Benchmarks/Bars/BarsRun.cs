using System.Text.Json;
using Experiments.Benchmarks.Snapshots;

namespace Experiments.Benchmarks.Bars;

/// <summary>The mode <c>bars</c>: measures every row that one process can, prints them and writes them to a file.</summary>
internal static class BarsRun
{
    public static int Run(string[] args)
    {
        bool isQuick = args.Contains("--quick", StringComparer.Ordinal);
        MeasureSettings settings = isQuick ? MeasureSettings.Quick : MeasureSettings.Full;
        if (CommandLine.Value(args, "--pairs") is { } pairs)
        {
            settings = settings with { Pairs = Math.Max(isQuick ? 1 : 9, int.Parse(pairs)) };
        }

        OperatorChecks.Run();
        List<Bar> rows = [];
        foreach (Bar row in DecideBars.Measure(settings).Concat(ContextBars.Measure(settings))
            .Concat(LoadBars.Measure(settings)).Concat(ThreadBars.Measure(settings)))
        {
            rows.Add(row);
            Console.WriteLine(Describe(row));
        }

        string path = CommandLine.Value(args, "--out") ?? Results.PathOf("bars.json");
        Results.Write(path, new BarsFile { Machine = MachineInfo.Current(), IsQuick = isQuick, Pairs = settings.Pairs, Rows = rows });
        Console.WriteLine($"written: {path}");
        return 0;
    }

    private static string Describe(Bar row)
    {
        string bar = row.AtMost is { } most ? $"at most {most:0.##}" : row.AtLeast is { } least ? $"at least {least:0.##}" : "no bar";
        string allocated = row.AllocatedBytes is { } bytes ? $", {bytes:0.#} bytes" : "";
        string verdict = row.Pass switch { true => "pass", false => "FAIL", null => "-" };
        return $"{verdict,-5} {row.Id,-28} {row.Measured,8:0.000} times {row.Unit} ({bar}){allocated}";
    }
}
