using Experiments.Benchmarks.Bars;

namespace Experiments.Benchmarks.Control;

/// <summary>Content of <c>results/control.json</c>.</summary>
internal sealed record ControlFile(MachineInfo Machine, int Flags, IReadOnlyList<ControlRow> Rows);
