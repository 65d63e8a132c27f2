using Experiments.Benchmarks.Bars;

namespace Experiments.Benchmarks.Start;

/// <summary>Content of <c>results/start.json</c>.</summary>
internal sealed record StartFile(MachineInfo Machine, long BinaryBytes, IReadOnlyList<StartRow> Rows);
