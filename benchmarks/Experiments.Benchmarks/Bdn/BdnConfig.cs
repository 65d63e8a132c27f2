using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Exporters.Json;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using Perfolizer.Horology;

namespace Experiments.Benchmarks.Bdn;

/// <summary>Reports under <c>benchmarks/results/</c>, and iterations short enough for the whole suite to end within half an hour.</summary>
internal static class BdnConfig
{
    private const int WarmUps = 5;
    private const int Iterations = 10;
    private const double IterationMs = 150;

    /// <param name="withJob">False where the command line brings a job of its own.</param>
    public static IConfig Create(bool withJob)
    {
        ManualConfig config = ManualConfig.CreateEmpty()
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddLogger(ConsoleLogger.Default)
            .AddExporter(MarkdownExporter.GitHub, JsonExporter.BriefCompressed)
            .WithArtifactsPath(Results.PathOf("bdn"));
        return withJob
            ? config.AddJob(Job.Default.WithWarmupCount(WarmUps).WithIterationCount(Iterations)
                .WithIterationTime(TimeInterval.FromMilliseconds(IterationMs)))
            : config;
    }
}
