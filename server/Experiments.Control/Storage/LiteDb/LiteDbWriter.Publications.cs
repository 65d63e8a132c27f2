namespace Experiments.Control.Storage.LiteDb;

/// <content>What is published, and what should be.</content>
internal sealed partial class LiteDbWriter
{
    // LiteDB takes 16 MB for one document.
    private const int ContentPartBytes = 8 * 1024 * 1024;

    public async ValueTask<PublishState> RequestPublishAsync(Guid environmentId, string? actor = null, string? note = null) =>
        Save((await GetPublishStateAsync(environmentId)).Request(actor, note));

    public async ValueTask CompletePublishAsync(Guid environmentId, long wanted)
    {
        PublishState current = await GetPublishStateAsync(environmentId);
        if (wanted > current.Published)
        {
            Save(current with { Published = wanted });
        }
    }

    public ValueTask<PublicationRecord> ClaimVersionAsync(Guid environmentId, long storeVersion, DateTimeOffset claimedAt)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(storeVersion);
        PublicationRecord? last = File.First<PublicationRecord>(StoredList.Publications(environmentId));
        PublicationRecord claimed = new()
        {
            EnvironmentId = environmentId,
            Version = checked(Math.Max(last?.Version ?? 0, storeVersion) + 1),
            ClaimedAt = claimedAt,
        };

        // The key is environment and version: a second claim of the same version could not be inserted.
        Put(claimed);
        return new(claimed);
    }

    public ValueTask KeepVersionContentAsync(Guid environmentId, long version, ReadOnlyMemory<byte> content)
    {
        for (int part = 0; part == 0 || part * ContentPartBytes < content.Length; part++)
        {
            ReadOnlyMemory<byte> rest = content[(part * ContentPartBytes)..];
            File.Insert(
                StoredCollections.VersionContents,
                StoredDocuments.Of(environmentId, version, part, rest[..Math.Min(rest.Length, ContentPartBytes)].ToArray()));
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask UpdateAsync(PublicationRecord publication) =>
        File.Update(StoredCollections.Publications, StoredDocuments.Of(publication))
            ? ValueTask.CompletedTask
            : throw new InvalidOperationException(
                $"Version {publication.Version} of environment {publication.EnvironmentId} was never claimed.");

    private PublishState Save(PublishState state)
    {
        File.Upsert(StoredCollections.PublishStates, StoredDocuments.Of(state));
        return state;
    }
}
