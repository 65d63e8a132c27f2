using System.Runtime.InteropServices;
using System.Text.Json;
using Experiments.Control.Definitions;
using Experiments.Control.Storage;

namespace Experiments.Control.Auditing;

/// <summary>Adds an entry to the audit log with every change, says who asked for a publish, and reads nothing that the caller did not mean.</summary>
internal sealed class AuditingWriter(IStoreWriter inner, Caller caller, TimeProvider time) : DelegatingWriter(inner)
{
    private readonly Dictionary<Guid, decimal> _reassigned = [];

    public override void NoteReassigned(Guid resourceId, decimal share) => _reassigned[resourceId] = share;

    public override async ValueTask<EnvironmentDefinition?> FindEnvironmentAsync(Guid id)
    {
        EnvironmentDefinition? found = await base.FindEnvironmentAsync(id);
        if (found is not null)
        {
            caller.Precondition?.Check(id, found.Revision);
        }

        return found;
    }

    public override async ValueTask<EnvironmentDefinition?> InsertAsync(EnvironmentDefinition environment)
    {
        EnvironmentDefinition? stored = await base.InsertAsync(environment);
        if (stored is not null)
        {
            await AppendAsync(Entry(stored.Id, ResourceKind.Environment, stored.Id, stored.Name, AuditAction.Create) with
            {
                After = JsonOf(stored),
            });
        }

        return stored;
    }

    public override async ValueTask<EnvironmentDefinition> UpdateAsync(EnvironmentDefinition environment)
    {
        EnvironmentDefinition before = (await base.FindEnvironmentAsync(environment.Id))!;
        EnvironmentDefinition stored = await base.UpdateAsync(environment);
        await AppendAsync(Entry(stored.Id, ResourceKind.Environment, stored.Id, stored.Name, AuditAction.Update) with
        {
            Before = JsonOf(before),
            After = JsonOf(stored),
        });
        return stored;
    }

    public override async ValueTask<T?> FindAsync<T>(Guid id)
        where T : class
    {
        T? found = await base.FindAsync<T>(id);
        if (found is not null)
        {
            caller.Precondition?.Check(found.Id, found.Revision);
        }

        return found;
    }

    public override async ValueTask<T?> InsertAsync<T>(T definition, bool keepsSequence = false)
        where T : class
    {
        T? stored = await base.InsertAsync(definition, keepsSequence);
        if (stored is not null)
        {
            await AppendAsync(Entry(stored, AuditAction.Create) with { After = Checked(stored) });
        }

        return stored;
    }

    public override async ValueTask<T?> UpdateAsync<T>(T definition)
        where T : class
    {
        T? before = await base.FindAsync<T>(definition.Id);
        T? stored = await base.UpdateAsync(definition);
        if (stored is not null)
        {
            await AppendAsync(Entry(stored, AuditAction.Update) with
            {
                Before = before is null ? null : JsonOf(before),
                After = Checked(stored),
                ReassignedShare = _reassigned.TryGetValue(stored.Id, out decimal share) ? share : null,
            });
        }

        return stored;
    }

    public override async ValueTask DeleteAsync<T>(T definition)
    {
        await base.DeleteAsync(definition);
        await AppendAsync(Entry(definition, AuditAction.Delete) with { Before = JsonOf(definition) });
    }

    public override ValueTask<PublishState> RequestPublishAsync(Guid environmentId, string? actor = null, string? note = null) =>
        base.RequestPublishAsync(environmentId, actor ?? caller.Actor, note ?? caller.Reason);

    private AuditEntry Entry(IDefinition definition, AuditAction action) =>
        Entry(definition.EnvironmentId, KindOf(definition), definition.Id, definition.UniqueName, action);

    private static ResourceKind KindOf(IDefinition definition) => definition switch
    {
        AudienceDefinition => ResourceKind.Audience,
        ExperimentDefinition => ResourceKind.Experiment,
        FlagDefinition => ResourceKind.Flag,
        LayerDefinition => ResourceKind.Layer,
        HoldoutDefinition => ResourceKind.Holdout,
        _ => throw new ArgumentException("There is no name for this kind of definition.", nameof(definition)),
    };

    private AuditEntry Entry(Guid environmentId, ResourceKind kind, Guid resourceId, string key, AuditAction action) => new()
    {
        At = UtcTime.Now(time),
        Actor = caller.Actor,
        Reason = caller.Reason,
        EnvironmentId = environmentId,
        Kind = kind,
        ResourceId = resourceId,
        ResourceKey = key,
        Action = action,
    };

    /// <exception cref="DefinitionTooLargeException">It is more than an entry can hold.</exception>
    private static JsonElement Checked<T>(T definition)
        where T : class, IDefinition
    {
        JsonElement json = JsonOf(definition);
        int bytes = JsonMarshal.GetRawUtf8Value(json).Length;
        return bytes <= DefinitionTooLargeException.MaxBytes ? json : throw new DefinitionTooLargeException(
            $"{KindOf(definition).ToString().ToLowerInvariant()} \"{definition.UniqueName}\"", bytes);
    }

    private static JsonElement JsonOf<T>(T definition)
        where T : class => JsonSerializer.SerializeToElement(definition, StoredJsonContext.TypeInfo<T>());
}
