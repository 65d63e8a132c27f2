using Experiments.Client.Snapshots;

namespace Experiments.Client.Sources;

/// <summary>A snapshot that arrived as it was published and was refused all the same. Its bytes never change, so reading them again at
/// every poll would come to the same.</summary>
internal sealed record RefusedSnapshot(long Version, string Sha256, string Problem)
{
    public bool IsNamedBy(PointerDocument pointer) =>
        pointer.Version == Version && Sha256.Equals(pointer.Sha256, StringComparison.OrdinalIgnoreCase);
}
