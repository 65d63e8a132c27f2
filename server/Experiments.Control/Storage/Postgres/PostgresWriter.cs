using Experiments.Control.Definitions;
using Npgsql;

namespace Experiments.Control.Storage.Postgres;

/// <summary>Writes inside one transaction, while no other writes. What must be unique is unique in the database too.</summary>
internal sealed partial class PostgresWriter(NpgsqlConnection connection, Guid server) : PostgresReader(connection), IStoreWriter, IStoreRestorer
{
    public async ValueTask<EnvironmentDefinition?> InsertAsync(EnvironmentDefinition environment)
    {
        EnvironmentDefinition stored = environment with { Revision = 1 };
        return await TryPutAsync(stored) ? stored : null;
    }

    public async ValueTask<EnvironmentDefinition> UpdateAsync(EnvironmentDefinition environment)
    {
        EnvironmentDefinition stored = environment with { Revision = environment.Revision + 1 };
        bool isUpdated = await ExecuteAsync(
            "UPDATE environments SET revision = $3, definition = $4 WHERE id = $1 AND revision = $2",
            stored.Id, environment.Revision, stored.Revision, JsonOf(stored)) == 1;
        return isUpdated ? stored : throw new StoreConflictException();
    }

    public async ValueTask<T?> InsertAsync<T>(T definition, bool keepsSequence = false)
        where T : class, IDefinition
    {
        long sequence = keepsSequence ? definition.Sequence : await NextSequenceAsync();
        T stored = DefinitionParts.Stored(definition, sequence, 1);
        return await TryPutAsync(stored) ? stored : null;
    }

    public async ValueTask<T?> UpdateAsync<T>(T definition)
        where T : class, IDefinition
    {
        T current = await FindAsync<T>(definition.Id) is { } found && found.Revision == definition.Revision ? found : throw new StoreConflictException();
        bool isRenamed = current.UniqueName != definition.UniqueName;
        if (current.EnvironmentId != definition.EnvironmentId || (isRenamed && DefinitionParts.KeepsName<T>()))
        {
            throw new ArgumentException("A definition keeps its environment and key.", nameof(definition));
        }

        if (isRenamed && await FindAsync<T>(definition.EnvironmentId, definition.UniqueName) is not null)
        {
            return null;
        }

        T stored = DefinitionParts.Stored(definition, current.Sequence, current.Revision + 1);
        bool isUpdated = await ExecuteAsync(
            """
            UPDATE definitions SET name = $3, name_any_case = $4, display_name_any_case = $5, revision = $6, status = $7, is_archived = $8, tags = $9,
                audience_id = $10, named_ids = $11, named_flags = $12, definition = $13, updated_at = $14, state = $15
            WHERE id = $1 AND revision = $2
            """,
            [stored.Id, current.Revision, .. ColumnsOf(stored)]) == 1;
        return isUpdated ? stored : throw new StoreConflictException();
    }

    public async ValueTask DeleteAsync<T>(T definition)
        where T : class, IDefinition
    {
        if (await ExecuteAsync("DELETE FROM definitions WHERE id = $1 AND revision = $2", definition.Id, definition.Revision) != 1)
        {
            throw new StoreConflictException();
        }
    }

    public async ValueTask AppendAsync(AuditEntry entry) => await PutAsync(entry with { Sequence = await NextSequenceAsync() });

    private async ValueTask<bool> TryPutAsync(EnvironmentDefinition environment) => await ExecuteAsync(
        "INSERT INTO environments (id, name, revision, definition) VALUES ($1, $2, $3, $4) ON CONFLICT (name) DO NOTHING",
        environment.Id, OrdinalText.Of(environment.Name), environment.Revision, JsonOf(environment)) == 1;

    private async ValueTask<bool> TryPutAsync<T>(T definition)
        where T : class, IDefinition => await ExecuteAsync(
            """
            INSERT INTO definitions (id, kind, environment_id, created_at, sequence, name, name_any_case, display_name_any_case, revision, status,
                is_archived, tags, audience_id, named_ids, named_flags, definition, updated_at, state)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
            ON CONFLICT (kind, environment_id, name) DO NOTHING
            """,
            [definition.Id, KindOf<T>(), definition.EnvironmentId, definition.CreatedAt.UtcTicks, definition.Sequence, .. ColumnsOf(definition)]) == 1;

    private async ValueTask PutAsync(AuditEntry entry) => await ExecuteAsync(
        """
        INSERT INTO audit (sequence, environment_id, resource_id, at, kind, action, actor, text_any_case, entry)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """,
        entry.Sequence, entry.EnvironmentId, entry.ResourceId, entry.At.UtcTicks, (short)entry.Kind, (short)entry.Action,
        OrdinalText.Of(entry.Actor), OrdinalText.OfAnyCase(entry.SearchText), JsonOf(entry));

    /// <summary>What changes with each update, in the order of the statements above.</summary>
    private static object?[] ColumnsOf<T>(T definition)
        where T : class, IDefinition
    {
        var traits = DefinitionTraits.Of(definition);
        return
        [
            OrdinalText.Of(definition.UniqueName),
            OrdinalText.OfAnyCase(definition.UniqueName),
            OrdinalText.OfAnyCase(traits.Name),
            definition.Revision,
            (short?)(definition as ExperimentDefinition)?.Status,
            traits.IsArchived,
            traits.Tags.Select(OrdinalText.Of).ToArray(),
            (definition as ExperimentDefinition)?.AudienceId,
            DefinitionParts.NamedIds(definition).ToArray(),
            DefinitionParts.NamedFlags(definition).Select(OrdinalText.Of).ToArray(),
            JsonOf(definition),
            traits.UpdatedAt.UtcTicks,
            (short)traits.State,
        ];
    }

    private async ValueTask<long> NextSequenceAsync()
    {
        await using NpgsqlCommand command = Command("SELECT nextval('sequences')");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private async ValueTask<int> ExecuteAsync(string sql, params object?[] parameters)
    {
        await using NpgsqlCommand command = Command(sql, parameters);
        return await command.ExecuteNonQueryAsync();
    }
}
