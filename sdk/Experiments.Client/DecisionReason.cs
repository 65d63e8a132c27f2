namespace Experiments.Client;

/// <summary>Why a <see cref="Decision"/> came out as it did.</summary>
public enum DecisionReason
{
    /// <summary>No snapshot has been loaded yet; the caller's fallback applies.</summary>
    NotReady,

    /// <summary>The snapshot knows no flag or experiment of this key; the caller's fallback applies.</summary>
    FlagNotFound,

    /// <summary>The targeting rules or the bucket missed: the user is in no variant.</summary>
    Default,

    /// <summary>The user's bucket chose the variant.</summary>
    Split,
}
