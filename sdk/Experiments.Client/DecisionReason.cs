namespace Experiments.Client;

/// <summary>Why a <see cref="Decision"/> came out as it did. Wherever a decision has no variant, the caller's fallback applies.</summary>
public enum DecisionReason
{
    /// <summary>No snapshot has been loaded yet.</summary>
    NotReady,

    /// <summary>The snapshot knows no flag or experiment of this key.</summary>
    FlagNotFound,

    /// <summary>No rule of the flag answered; or targeting or the bucket left the user out of the experiment.</summary>
    Default,

    /// <summary>The user's bucket chose the variant.</summary>
    Split,

    /// <summary>A rule without a condition serves everyone the same variant.</summary>
    Static,

    /// <summary>A rule whose condition holds serves one variant.</summary>
    TargetingMatch,

    /// <summary>The flag is not enabled: its <c>off</c> variant.</summary>
    Disabled,

    /// <summary>The variant was set by hand: see <see cref="ExperimentsOptions.Overrides"/>.</summary>
    Override,

    /// <summary>The flag, or one that it depends on, cannot be decided: see <see cref="Decision.Fault"/>.</summary>
    Error,
}
