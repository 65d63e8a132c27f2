using Experiments.Client;

namespace Experiments.Control.Explaining;

/// <summary>A decision with its reasons.</summary>
/// <param name="Environment">Its name.</param>
/// <param name="Version">Of the snapshot; null for the draft, which has none yet.</param>
/// <param name="Key">Of the flag or experiment.</param>
/// <param name="Explanation">The decision and what was looked at.</param>
internal sealed record ExplainedDecision(string Environment, long? Version, string Key, Explanation Explanation);
