using Experiments.Control.Definitions;

namespace Experiments.Control.Storage.Postgres;

/// <content>Puts back what another store held.</content>
internal sealed partial class PostgresWriter
{
    public async ValueTask RestoreAsync(EnvironmentDefinition environment) => ThrowUnless(await TryPutAsync(environment), environment.Name);

    public async ValueTask RestoreAsync<T>(T definition)
        where T : class, IDefinition => ThrowUnless(await TryPutAsync(definition), definition.UniqueName);

    public ValueTask RestoreAsync(AuditEntry entry) => PutAsync(entry);

    public ValueTask RestoreAsync(PublicationRecord publication) => PutAsync(publication);

    public async ValueTask RestoreAsync(PublishState state) => await ExecuteAsync(
        "INSERT INTO publish_states (environment_id, wanted, published, actor, note) VALUES ($1, $2, $3, $4, $5)",
        state.EnvironmentId, state.Wanted, state.Published, BytesOf(state.Actor), BytesOf(state.Note));

    public async ValueTask ContinueAfterAsync(long sequence)
    {
        if (sequence > 0)
        {
            await ExecuteAsync("SELECT setval('sequences', greatest($1, (SELECT last_value FROM sequences)))", sequence);
        }
    }

    private static void ThrowUnless(bool isPut, string name)
    {
        if (!isPut)
        {
            throw new InvalidDataException($"{name} is there already.");
        }
    }
}
