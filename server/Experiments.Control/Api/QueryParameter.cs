namespace Experiments.Control.Api;

/// <summary>Metadata of a route: an optional query parameter, for the API document. The handler reads it by itself, so that a bad value is
/// answered in our words.</summary>
internal sealed record QueryParameter(string Name, string Type, string Description);
