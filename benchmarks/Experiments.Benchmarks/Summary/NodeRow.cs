namespace Experiments.Benchmarks.Summary;

/// <summary>A peer doing one work.</summary>
/// <param name="Peer">Package and version.</param>
/// <param name="Work"><c>one</c>, <c>all-100</c> or <c>hash</c>.</param>
/// <param name="Ns">Median over the slices, of one.</param>
internal sealed record NodeRow(string Peer, string Work, double Ns);
