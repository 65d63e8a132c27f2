namespace Experiments.Benchmarks.Summary;

/// <summary>Content of <c>results/load.json</c>, which <c>benchmarks/load/decide.sh</c> writes.</summary>
internal sealed record LoadFile(string Date, string Server, int Rounds, int Seconds, IReadOnlyList<LoadRow> Rows);
