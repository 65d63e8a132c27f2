namespace Experiments.Control.Storage.Postgres;

/// <content>What is published, and what should be.</content>
internal sealed partial class PostgresWriter
{
    // Read and then written: writes run one at a time, so two that ask at once are both counted.
    public async ValueTask<PublishState> RequestPublishAsync(Guid environmentId, string? actor = null, string? note = null)
    {
        PublishState state = (await GetPublishStateAsync(environmentId)).Request(actor, note);
        await ExecuteAsync(
            """
            INSERT INTO publish_states (environment_id, wanted, published, actor, note) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (environment_id) DO UPDATE SET wanted = excluded.wanted, actor = excluded.actor, note = excluded.note
            """,
            state.EnvironmentId, state.Wanted, state.Published, BytesOf(state.Actor), BytesOf(state.Note));
        return state;
    }

    public async ValueTask CompletePublishAsync(Guid environmentId, long wanted)
    {
        if (wanted > 0)
        {
            await ExecuteAsync(
                """
                INSERT INTO publish_states (environment_id, wanted, published) VALUES ($1, 0, $2)
                ON CONFLICT (environment_id) DO UPDATE SET published = greatest(publish_states.published, $2)
                """,
                environmentId, wanted);
        }
    }

    public async ValueTask<PublicationRecord> ClaimVersionAsync(Guid environmentId, long storeVersion, DateTimeOffset claimedAt)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(storeVersion);
        PublicationRecord? last = await FindAsync<PublicationRecord>(
            "SELECT record FROM publications WHERE environment_id = $1 ORDER BY version DESC LIMIT 1", environmentId);
        PublicationRecord claimed = new()
        {
            EnvironmentId = environmentId,
            Version = checked(Math.Max(last?.Version ?? 0, storeVersion) + 1),
            ClaimedAt = claimedAt,
        };

        // The key is environment and version: a second claim of the same version could not be inserted.
        await PutAsync(claimed);
        return claimed;
    }

    public async ValueTask KeepVersionContentAsync(Guid environmentId, long version, ReadOnlyMemory<byte> content) => await ExecuteAsync(
        "INSERT INTO version_contents (environment_id, version, content) VALUES ($1, $2, $3)", environmentId, version, content);

    public async ValueTask UpdateAsync(PublicationRecord publication)
    {
        if (await ExecuteAsync(
            "UPDATE publications SET record = $3 WHERE environment_id = $1 AND version = $2",
            publication.EnvironmentId, publication.Version, JsonOf(publication)) != 1)
        {
            throw new InvalidOperationException(
                $"Version {publication.Version} of environment {publication.EnvironmentId} was never claimed.");
        }

        if (publication.Status == PublicationStatus.Published)
        {
            await ExecuteAsync("SELECT pg_notify($1, $2)", PostgresPublishes.Channel, PostgresPublishes.Write(server, publication.EnvironmentId));
        }
    }

    private async ValueTask PutAsync(PublicationRecord publication) => await ExecuteAsync(
        "INSERT INTO publications (environment_id, version, record) VALUES ($1, $2, $3)",
        publication.EnvironmentId, publication.Version, JsonOf(publication));

    private static byte[]? BytesOf(string? text) => text is null ? null : OrdinalText.Of(text);
}
