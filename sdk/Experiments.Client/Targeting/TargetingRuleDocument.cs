namespace Experiments.Client.Targeting;

/// <summary>A targeting rule on the wire: all of its conditions must hold; without conditions it holds for everyone.</summary>
internal sealed class TargetingRuleDocument
{
    public required ConditionDocument[] Conditions { get; init; }
}
