using Experiments.Benchmarks.Bars;

namespace Experiments.Benchmarks.Control;

/// <summary>Content of <c>results/postgres.json</c>.</summary>
/// <param name="Machine">Where it was measured.</param>
/// <param name="Server">Version of PostgreSQL.</param>
/// <param name="Environments">How many.</param>
/// <param name="Experiments">In all of them.</param>
/// <param name="Rows">Each beside SQL alone.</param>
internal sealed record PostgresFile(MachineInfo Machine, string Server, int Environments, int Experiments, IReadOnlyList<ControlRow> Rows);
