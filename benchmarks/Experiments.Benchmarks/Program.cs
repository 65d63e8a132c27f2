using Experiments.Benchmarks.Bars;
using Experiments.Benchmarks.Bdn;
using Experiments.Benchmarks.Control;
using Experiments.Benchmarks.Start;
using Experiments.Benchmarks.Summary;

switch (args)
{
    case ["bars", .. string[] rest]:
        return BarsRun.Run(rest);
    case ["bdn", .. string[] rest]:
        return BdnRun.Run(rest);
    case ["snapshots", string directory, .. string[] counts]:
        return SnapshotFiles.Run(directory, counts);
    case ["start", .. string[] rest]:
        return await StartRun.RunAsync(rest);
    case ["control", .. string[] rest]:
        return await ControlRun.RunAsync(rest);
    case ["postgres", .. string[] rest]:
        return await PostgresRun.RunAsync(rest);
    case ["summary", .. string[] rest]:
        return SummaryRun.Run(rest);
    case [LoadMemory.Mode, string count]:
        return LoadMemory.Run(int.Parse(count));
    default:
        await Console.Error.WriteLineAsync("""
            usage: Experiments.Benchmarks MODE
              bars [--quick] [--pairs N] [--out FILE]   ratios by alternating slices -> results/bars.json
              bdn [options of BenchmarkDotNet]          -> results/bdn/
              snapshots DIRECTORY COUNT...              published environments nCOUNT, laid out as in a store
              start --binary FILE --s3 URL --bucket NAME --store DIRECTORY --work DIRECTORY --counts N,N [--rounds N] [--out FILE]
              control --server Experiments.Server.dll [--quick] [--flags N] [--out FILE]
                                                        edit, list and publish beside bare LiteDB -> results/control.json
              postgres --server Experiments.Server.dll --connection STRING [--quick] [--out FILE]
                                                        create, edit, list and publish beside plain SQL -> results/postgres.json
              summary [--results DIRECTORY]             results/*.json -> results/summary.md
            """);
        return 2;
}
