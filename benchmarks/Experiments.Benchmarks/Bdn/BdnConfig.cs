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

    public static IConfig Create() => ManualConfig.CreateEmpty()
        .AddJob(Job.Default.WithWarmupCount(WarmUps).WithIterationCount(Iterations)
            .WithIterationTime(TimeInterval.FromMilliseconds(IterationMs)))
        .AddDiagnoser(MemoryDiagnoser.Default)
        .AddColumnProvider(DefaultColumnProviders.Instance)
        .AddLogger(ConsoleLogger.Default)
        .AddExporter(MarkdownExporter.GitHub, JsonExporter.BriefCompressed)
        .WithArtifactsPath(Results.PathOf("bdn"));
}
