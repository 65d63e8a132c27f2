namespace Experiments.Benchmarks.Summary;

/// <summary><c>/decide</c> and bare Kestrel with the same body.</summary>
/// <param name="CpuRatio">Processor time of a request at <c>/decide</c>, divided by that at bare Kestrel.</param>
internal sealed record LoadRow(int Experiments, int BodyBytes, LoadSide Decide, LoadSide Bare, double CpuRatio, double RateRatio);
