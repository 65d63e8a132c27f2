namespace Experiments.Control.Storage;

/// <summary>What was kept of a version, by its name.</summary>
internal sealed record VersionContent(Guid EnvironmentId, long Version, byte[] Content);
