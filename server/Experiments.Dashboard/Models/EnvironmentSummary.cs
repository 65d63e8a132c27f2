namespace Experiments.Dashboard.Models;

/// <summary>An environment in a list.</summary>
/// <param name="Name">Of it.</param>
/// <param name="Version">The live one; null where nothing was published.</param>
/// <param name="PublishedAt">When that was.</param>
/// <param name="State">published, failed, or empty.</param>
internal sealed record EnvironmentSummary(string Name, long? Version, DateTimeOffset? PublishedAt, string State);
