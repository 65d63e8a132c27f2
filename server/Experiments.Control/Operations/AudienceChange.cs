using Experiments.Client.Targeting;

namespace Experiments.Control.Operations;

/// <summary>What to change about an audience; what is absent stays.</summary>
internal sealed record AudienceChange
{
    public Optional<string> Name { get; init; }

    public Optional<TargetingRuleDocument[]> Rules { get; init; }
}
