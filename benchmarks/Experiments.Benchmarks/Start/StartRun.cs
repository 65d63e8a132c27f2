using System.Globalization;
using Experiments.Benchmarks.Bars;

namespace Experiments.Benchmarks.Start;

/// <summary>
/// The mode <c>start</c>, which <c>benchmarks/start.sh</c> calls when the S3 server has the snapshots: starts the binary again and again
/// and measures how long its first answer takes and how much memory it holds then.
/// </summary>
internal static class StartRun
{
    private const int DefaultRounds = 9;

    public static async Task<int> RunAsync(string[] args)
    {
        string binary = CommandLine.Required(args, "--binary");
        string store = CommandLine.Required(args, "--store");
        int rounds = int.Parse(CommandLine.Value(args, "--rounds") ?? $"{DefaultRounds}", CultureInfo.InvariantCulture);
        int[] counts = [.. CommandLine.Required(args, "--counts").Split(',').Select(static text => int.Parse(text, CultureInfo.InvariantCulture))];
        var process = new DecideProcess(
            binary, CommandLine.Required(args, "--s3"), CommandLine.Required(args, "--bucket"), CommandLine.Required(args, "--work"));
        List<StartRow> rows = [];
        foreach (int count in counts)
        {
            string environment = SnapshotFiles.EnvironmentOf(count);
            long jsonBytes = new FileInfo(Path.Combine(store, "configs", environment, "snapshots", $"{Workload.Version}.json")).Length;

            // The first start reads the binary from disk, and the S3 server fills its caches.
            await process.StartOnceAsync(environment);
            List<StartSample> samples = [];
            for (int i = 0; i < rounds; i++)
            {
                samples.Add(await process.StartOnceAsync(environment));
            }

            rows.Add(new StartRow(
                count,
                jsonBytes,
                Quantiles.Median(samples.Select(static s => s.FirstAnswerMs)),
                [.. samples.Select(static s => Math.Round(s.FirstAnswerMs, 1))],
                Quantiles.Median(samples.Select(static s => (double)s.ResidentBytes)),
                Quantiles.Median(samples.Select(static s => (double)s.PeakResidentBytes))));
            Console.WriteLine(rows[^1]);
        }

        string path = CommandLine.Value(args, "--out") ?? Results.PathOf("start.json");
        Results.Write(path, new StartFile(MachineInfo.Current(), new FileInfo(binary).Length, rows));
        Console.WriteLine($"written: {path}");
        return 0;
    }
}
