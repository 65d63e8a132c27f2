using Experiments.Client.Targeting;

namespace Experiments.Control.Transfer;

/// <summary>An audience in a document.</summary>
internal sealed record AudienceEntry(string Name, TargetingRuleDocument[] Rules);
