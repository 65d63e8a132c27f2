namespace Experiments.Control.Operations;

/// <summary>A new layer.</summary>
internal sealed record LayerInput
{
    /// <summary>Unique in the environment.</summary>
    public required string Name { get; init; }

    public required Guid EnvironmentId { get; init; }

    /// <summary>The attribute that is hashed; null is the user key.</summary>
    public string? Unit { get; init; }
}
