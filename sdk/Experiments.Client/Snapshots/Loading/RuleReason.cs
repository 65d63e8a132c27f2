namespace Experiments.Client.Snapshots.Loading;

/// <summary>The reason of a rule's decisions: what the rule says, or what it is.</summary>
internal static class RuleReason
{
    /// <param name="text">What the rule says; null where it says nothing.</param>
    /// <param name="own">What the rule is.</param>
    public static DecisionReason Of(string? text, DecisionReason own) => text switch
    {
        "NOT_READY" => DecisionReason.NotReady,
        "FLAG_NOT_FOUND" => DecisionReason.FlagNotFound,
        "DEFAULT" => DecisionReason.Default,
        "SPLIT" => DecisionReason.Split,
        "STATIC" => DecisionReason.Static,
        "TARGETING_MATCH" => DecisionReason.TargetingMatch,
        "DISABLED" => DecisionReason.Disabled,
        "OVERRIDE" => DecisionReason.Override,
        "ERROR" => DecisionReason.Error,
        _ => own,
    };
}
