namespace Experiments.Control.Transfer;

/// <summary>What to take from one environment to another; where nothing is named, all that is not archived.</summary>
internal sealed record PromotionInput
{
    /// <summary>Id of the other environment.</summary>
    public required Guid To { get; init; }

    /// <summary>Keys.</summary>
    public IReadOnlyList<string> Flags { get; init; } = [];

    /// <summary>Keys.</summary>
    public IReadOnlyList<string> Experiments { get; init; } = [];

    public bool DryRun { get; init; }
}
