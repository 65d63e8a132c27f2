using System.Text.Json;
using Experiments.Control.Definitions;

namespace Experiments.Control.Operations;

/// <summary>A new flag.</summary>
internal sealed record FlagInput
{
    public required Guid EnvironmentId { get; init; }

    /// <summary>Unique among the flags and experiments of the environment; what code asks for.</summary>
    public required string Key { get; init; }

    public required FlagType Type { get; init; }

    /// <summary>What else it is made with.</summary>
    public required FlagChange Content { get; init; }
}
