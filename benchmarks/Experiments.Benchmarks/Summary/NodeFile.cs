namespace Experiments.Benchmarks.Summary;

/// <summary>Content of <c>results/node.json</c>, which <c>benchmarks/node/peers.mjs</c> writes.</summary>
internal sealed record NodeFile(string Date, string Node, IReadOnlyList<NodeRow> Rows);
