using Experiments.Control.Definitions;

namespace Experiments.Control.Operations;

/// <summary>An experiment with the environment and the audience that it names.</summary>
internal sealed record ExperimentView(ExperimentDefinition Experiment, EnvironmentDefinition Environment, AudienceDefinition? Audience);
