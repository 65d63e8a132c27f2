using Experiments.Control.Definitions;

namespace Experiments.Control.Operations;

/// <summary>A flag with the environment that it is in.</summary>
internal sealed record FlagView(FlagDefinition Flag, EnvironmentDefinition Environment);
