using System.Diagnostics.CodeAnalysis;

namespace Experiments.Control.Splits;

/// <summary>What an experiment may hold of a layer.</summary>
internal sealed record LayerClaim
{
    /// <summary>The buckets of the layer that it holds from now on; null where the layer has too few.</summary>
    public BucketSet? Held { get; init; }

    /// <summary>The most that it could hold: what the others leave.</summary>
    public required Coverage Available { get; init; }

    /// <summary>Null, or why it was refused, as a sentence.</summary>
    public string? Fault { get; init; }

    [MemberNotNullWhen(true, nameof(Held))]
    [MemberNotNullWhen(false, nameof(Fault))]
    public bool IsGranted => Held is not null;
}
