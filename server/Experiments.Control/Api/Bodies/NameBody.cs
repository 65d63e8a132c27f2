namespace Experiments.Control.Api.Bodies;

/// <summary>A new name, for the API document.</summary>
/// <param name="Name">Unique in the environment.</param>
internal sealed record NameBody(string Name);
