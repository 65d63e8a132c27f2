namespace Experiments.Control.Explaining;

/// <summary>A user for whom a publish would change something.</summary>
/// <param name="UserKey">Who.</param>
/// <param name="From">As in <see cref="ImpactMove"/>.</param>
/// <param name="To">As in <see cref="ImpactMove"/>.</param>
internal sealed record ImpactExample(string UserKey, string? From, string? To);
