using Experiments.Control.Definitions;

namespace Experiments.Control.Operations;

/// <summary>An audience with the environment that it names.</summary>
internal sealed record AudienceView(AudienceDefinition Audience, EnvironmentDefinition Environment);
