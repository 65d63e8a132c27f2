namespace Experiments.Control.Operations;

/// <summary>A new environment.</summary>
internal sealed record EnvironmentInput
{
    /// <summary>Unique; 1 to 64 characters, none of them a control character.</summary>
    public required string Name { get; init; }
}
