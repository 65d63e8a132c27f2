namespace Experiments.Benchmarks.Start;

/// <summary>One start.</summary>
internal readonly record struct StartSample(double FirstAnswerMs, long ResidentBytes, long PeakResidentBytes);
