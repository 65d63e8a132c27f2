namespace Experiments.Benchmarks.Bars;

/// <summary>Two works measured in alternation.</summary>
/// <param name="Ratio">Median, over the pairs of slices, of the time of one of the first divided by the time of one of the second.</param>
/// <param name="Low">Lower quartile of the ratios.</param>
/// <param name="High">Upper quartile of the ratios.</param>
/// <param name="WorkNs">Median time of one of the first. Compares with nothing outside the run.</param>
/// <param name="AgainstNs">Median time of one of the second.</param>
internal sealed record Comparison(double Ratio, double Low, double High, double WorkNs, double AgainstNs);
