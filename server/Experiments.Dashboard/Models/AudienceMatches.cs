namespace Experiments.Dashboard.Models;

/// <summary>Which of some contexts are in an audience.</summary>
/// <param name="Count">How many there were.</param>
/// <param name="Matched">Those that are in, in their order.</param>
/// <param name="Faults">What could not be read.</param>
internal sealed record AudienceMatches(int Count, IReadOnlyList<PastedContext> Matched, IReadOnlyList<string> Faults);
