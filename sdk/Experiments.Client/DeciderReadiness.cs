namespace Experiments.Client;

/// <summary>Whether a decider decides, and from how fresh a snapshot.</summary>
public enum DeciderReadiness
{
    /// <summary>No snapshot yet: every decision is the caller's fallback.</summary>
    NotReady,

    /// <summary>Decides; the source has confirmed the snapshot within <see cref="ExperimentsOptions.StaleAfter"/>.</summary>
    Ready,

    /// <summary>Decides, but the source has not confirmed the snapshot for longer: it may have been replaced.</summary>
    Stale,
}
