namespace Experiments.Benchmarks.Dashboard;

/// <summary>One thing that people do, and in alternation what no dashboard of this kind could do faster.</summary>
/// <param name="Id">Stable name.</param>
/// <param name="Title">For people.</param>
/// <param name="MedianMs">From the click to the frame with the new content.</param>
/// <param name="P95Ms">Likewise.</param>
/// <param name="LimitMedianMs">From a click to the frame with a small static file of the same server that it fetches.</param>
/// <param name="LimitP95Ms">Likewise.</param>
internal sealed record ClickRow(string Id, string Title, double MedianMs, double P95Ms, double LimitMedianMs, double LimitP95Ms);
