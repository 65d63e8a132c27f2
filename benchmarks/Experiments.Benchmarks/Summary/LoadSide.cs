namespace Experiments.Benchmarks.Summary;

/// <summary>One of the two servers, medians over the rounds.</summary>
internal sealed record LoadSide(double RequestsPerSecond, double CpuUs, double P50Ms, double P99Ms);
