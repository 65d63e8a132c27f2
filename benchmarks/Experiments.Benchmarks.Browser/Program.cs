using Experiments.Benchmarks.Browser;

if (args is [])
{
    await Console.Error.WriteLineAsync("""
        usage: Experiments.Benchmarks.Browser --server Experiments.Server.dll [--quick] [--count N] [--rounds N] [--out FILE]
          clicks and first loads of the dashboard in Chromium -> results/dashboard.json
        """);
    return 2;
}

return await DashboardRun.RunAsync(args);
