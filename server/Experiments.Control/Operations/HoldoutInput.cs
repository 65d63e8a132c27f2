using Experiments.Control.Splits;

namespace Experiments.Control.Operations;

/// <summary>A new holdout.</summary>
internal sealed record HoldoutInput
{
    /// <summary>Unique in the environment.</summary>
    public required string Name { get; init; }

    public required Guid EnvironmentId { get; init; }

    /// <summary>Holds out of what has this tag; null is of everything.</summary>
    public string? Tag { get; init; }

    /// <summary>Of all users, 0 to 1 in steps of 0.0001.</summary>
    public required Coverage Share { get; init; }
}
