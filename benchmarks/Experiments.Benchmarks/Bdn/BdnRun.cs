using BenchmarkDotNet.Running;

namespace Experiments.Benchmarks.Bdn;

/// <summary>The mode <c>bdn</c>: the classes of this folder, all of them unless the options of BenchmarkDotNet say otherwise.</summary>
internal static class BdnRun
{
    public static int Run(string[] args)
    {
        string[] options = args.Any(static arg => arg is "--filter" or "-f" or "--list") ? args : [.. args, "--filter", "*"];
        bool hasOwnJob = args.Any(static arg => arg is "--job" or "-j");
        return BenchmarkSwitcher.FromAssembly(typeof(BdnRun).Assembly).Run(options, BdnConfig.Create(withJob: !hasOwnJob))
            .Any(static summary => summary.HasCriticalValidationErrors || summary.Reports.Any(static report => !report.Success)) ? 1 : 0;
    }
}
