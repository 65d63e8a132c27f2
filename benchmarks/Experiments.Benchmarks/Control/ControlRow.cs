namespace Experiments.Benchmarks.Control;

/// <summary>One kind of request, and what of it the bare database does with the same documents, in alternation.</summary>
/// <param name="Id">Stable name.</param>
/// <param name="Title">For people.</param>
/// <param name="MedianMs">Of a request, from its first byte sent to its last byte read.</param>
/// <param name="P99Ms">Likewise.</param>
/// <param name="BareMedianMs">Null where the database alone has nothing like it.</param>
/// <param name="BareP99Ms">Likewise.</param>
/// <param name="MedianMsAtMost">Null where there is no bar.</param>
/// <param name="P99MsAtMost">Likewise.</param>
internal sealed record ControlRow(
    string Id,
    string Title,
    double MedianMs,
    double P99Ms,
    double? BareMedianMs = null,
    double? BareP99Ms = null,
    double? MedianMsAtMost = null,
    double? P99MsAtMost = null);
