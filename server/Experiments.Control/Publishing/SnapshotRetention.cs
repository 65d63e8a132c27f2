using Experiments.Client.Snapshots;
using Experiments.Control.Definitions;

namespace Experiments.Control.Publishing;

/// <summary>
/// Deletes snapshots that nobody needs any more from the store. The definitions of every version stay in the database, so that rolling back
/// and comparing go on working; deciding and explaining by a version whose snapshot is gone does not.
/// </summary>
internal sealed class SnapshotRetention(ISnapshotStore snapshots, TimeProvider time)
{
    private const int DeletesAtOnce = 16;

    /// <summary>What a rule deletes, or has deleted.</summary>
    /// <param name="environment">Whose snapshots.</param>
    /// <param name="rule">Which of them stay.</param>
    /// <param name="upTo">No version above goes: the last one that somebody has agreed to.</param>
    /// <param name="isDryRun">Only looks.</param>
    /// <param name="cancellationToken">Ends it between two snapshots.</param>
    /// <returns>Oldest first; what is deleted when the store fails is gone, and the next run deletes the rest.</returns>
    public async Task<RetentionOutcome> ApplyAsync(
        EnvironmentDefinition environment, RetentionRule rule, long upTo, bool isDryRun, CancellationToken cancellationToken)
    {
        // Before the list: what is published while it is read is newer than this.
        var objects = new SnapshotObjects(snapshots, environment.Name);
        long live = await objects.GetLiveVersionAsync(cancellationToken);
        List<StoredVersion> stored = [];
        await foreach (StoredVersion one in snapshots.ListVersionsAsync(SnapshotKeys.SnapshotFolder(environment.Name), cancellationToken))
        {
            stored.Add(one);
        }

        StoredVersion[] expired = [.. rule.Expired(stored, live, time.GetUtcNow()).Where(one => one.Version <= upTo)];
        if (!isDryRun)
        {
            await Parallel.ForEachAsync(
                expired,
                new ParallelOptions { MaxDegreeOfParallelism = DeletesAtOnce, CancellationToken = cancellationToken },
                async (one, token) => await snapshots.DeleteAsync(SnapshotKeys.Snapshot(environment.Name, one.Version), token));
        }

        return new RetentionOutcome(expired, stored.Count - expired.Length);
    }
}
