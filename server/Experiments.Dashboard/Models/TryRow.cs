namespace Experiments.Dashboard.Models;

/// <summary>A decision as lists show it.</summary>
/// <param name="Key">Of the flag or experiment.</param>
/// <param name="Kind">Flag or Experiment.</param>
/// <param name="Variant">Null where the caller's fallback applies.</param>
/// <param name="Value">As JSON; null where there is none.</param>
/// <param name="Reason">Such as <c>SPLIT</c>.</param>
/// <param name="Href">Page of the flag or experiment.</param>
internal sealed record TryRow(string Key, string Kind, string? Variant, string? Value, string Reason, string? Href);
