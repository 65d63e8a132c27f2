using Experiments.Control.Splits;

namespace Experiments.Control.Operations;

/// <summary>A split by weights.</summary>
internal sealed record SplitInput
{
    /// <summary>Relative to each other; their order does not matter.</summary>
    public required IReadOnlyList<WeightInput> Weights { get; init; }

    /// <summary>Share of users that are in: 0 to 1 in steps of 0.0001; with a ramp, until its first step.</summary>
    public required Coverage Coverage { get; init; }

    /// <summary>By time, strictly ascending.</summary>
    public IReadOnlyList<RampStepInput> Ramp { get; init; } = [];

    /// <summary>Null is none.</summary>
    public Guid? LayerId { get; init; }

    /// <summary>An attribute; null is the user key.</summary>
    public string? Unit { get; init; }
}
