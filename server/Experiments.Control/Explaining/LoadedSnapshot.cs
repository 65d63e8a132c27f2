using Experiments.Client.Snapshots;

namespace Experiments.Control.Explaining;

/// <summary>A snapshot that was loaded from the store.</summary>
/// <param name="ObjectKey">In the store: names environment and version.</param>
/// <param name="ETag">Of the bytes that it was loaded from.</param>
/// <param name="Snapshot">What it holds.</param>
internal sealed record LoadedSnapshot(string ObjectKey, string ETag, CompiledSnapshot Snapshot);
