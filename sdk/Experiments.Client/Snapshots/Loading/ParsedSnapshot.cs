namespace Experiments.Client.Snapshots.Loading;

/// <summary>A snapshot as it was read, and what it says that it is.</summary>
internal sealed record ParsedSnapshot(long Version, string Environment, CompiledSnapshot Compiled);
