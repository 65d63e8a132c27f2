namespace Experiments.Client;

/// <summary>One thing that a decision looked at.</summary>
public sealed record ExplanationStep
{
    /// <summary>What it is.</summary>
    public required ExplanationStepKind Kind { get; init; }

    /// <summary>In words: <c>country in ["US","CA"], which is "US": holds</c>.</summary>
    public required string Text { get; init; }

    /// <summary>How deep it is: 0 for the flag itself, more within its audiences and prerequisites.</summary>
    public required int Depth { get; init; }

    /// <summary>Whether it held; <see langword="null"/> where that is no question, as for a rule or a bucket.</summary>
    public bool? Holds { get; init; }

    /// <summary>The user's bucket; <see langword="null"/> where it is no bucket or where its unit is missing.</summary>
    public ulong? Bucket { get; init; }
}
