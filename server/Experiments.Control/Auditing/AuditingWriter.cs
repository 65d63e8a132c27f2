using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Experiments.Control.Definitions;
using Experiments.Control.Storage;

namespace Experiments.Control.Auditing;

/// <summary>Adds an entry to the audit log with every change, and reads nothing that the caller did not mean.</summary>
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
                After = JsonOf(stored, StoredJsonContext.Default.EnvironmentDefinition),
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
            Before = JsonOf(before, StoredJsonContext.Default.EnvironmentDefinition),
            After = JsonOf(stored, StoredJsonContext.Default.EnvironmentDefinition),
        });
        return stored;
    }

    public override async ValueTask<AudienceDefinition?> FindAudienceAsync(Guid id) => Checked(await base.FindAudienceAsync(id));

    public override async ValueTask<AudienceDefinition?> InsertAsync(AudienceDefinition audience, bool keepsSequence = false) =>
        await CreatedAsync(StoredJsonContext.Default.AudienceDefinition, await base.InsertAsync(audience, keepsSequence));

    public override async ValueTask<AudienceDefinition?> UpdateAsync(AudienceDefinition audience)
    {
        AudienceDefinition? before = await base.FindAudienceAsync(audience.Id);
        return await ChangedAsync(StoredJsonContext.Default.AudienceDefinition, before, await base.UpdateAsync(audience));
    }

    public override async ValueTask DeleteAsync(AudienceDefinition audience)
    {
        await base.DeleteAsync(audience);
        await AppendAsync(Entry(audience, AuditAction.Delete) with { Before = JsonOf(audience, StoredJsonContext.Default.AudienceDefinition) });
    }

    public override async ValueTask<ExperimentDefinition?> FindExperimentAsync(Guid id) => Checked(await base.FindExperimentAsync(id));

    public override async ValueTask<ExperimentDefinition?> InsertAsync(ExperimentDefinition experiment, bool keepsSequence = false) =>
        await CreatedAsync(StoredJsonContext.Default.ExperimentDefinition, await base.InsertAsync(experiment, keepsSequence));

    public override async ValueTask<ExperimentDefinition> UpdateAsync(ExperimentDefinition experiment)
    {
        ExperimentDefinition? before = await base.FindExperimentAsync(experiment.Id);
        return (await ChangedAsync(StoredJsonContext.Default.ExperimentDefinition, before, await base.UpdateAsync(experiment)))!;
    }

    public override async ValueTask DeleteAsync(ExperimentDefinition experiment)
    {
        await base.DeleteAsync(experiment);
        await AppendAsync(Entry(experiment, AuditAction.Delete) with { Before = JsonOf(experiment, StoredJsonContext.Default.ExperimentDefinition) });
    }

    public override async ValueTask<FlagDefinition?> FindFlagAsync(Guid id) => Checked(await base.FindFlagAsync(id));

    public override async ValueTask<FlagDefinition?> InsertAsync(FlagDefinition flag, bool keepsSequence = false) =>
        await CreatedAsync(StoredJsonContext.Default.FlagDefinition, await base.InsertAsync(flag, keepsSequence));

    public override async ValueTask<FlagDefinition> UpdateAsync(FlagDefinition flag)
    {
        FlagDefinition? before = await base.FindFlagAsync(flag.Id);
        return (await ChangedAsync(StoredJsonContext.Default.FlagDefinition, before, await base.UpdateAsync(flag)))!;
    }

    public override async ValueTask DeleteAsync(FlagDefinition flag)
    {
        await base.DeleteAsync(flag);
        await AppendAsync(Entry(flag, AuditAction.Delete) with { Before = JsonOf(flag, StoredJsonContext.Default.FlagDefinition) });
    }

    public override async ValueTask<LayerDefinition?> FindLayerAsync(Guid id) => Checked(await base.FindLayerAsync(id));

    public override async ValueTask<LayerDefinition?> InsertAsync(LayerDefinition layer, bool keepsSequence = false) =>
        await CreatedAsync(StoredJsonContext.Default.LayerDefinition, await base.InsertAsync(layer, keepsSequence));

    public override async ValueTask<LayerDefinition?> UpdateAsync(LayerDefinition layer)
    {
        LayerDefinition? before = await base.FindLayerAsync(layer.Id);
        return await ChangedAsync(StoredJsonContext.Default.LayerDefinition, before, await base.UpdateAsync(layer));
    }

    public override async ValueTask DeleteAsync(LayerDefinition layer)
    {
        await base.DeleteAsync(layer);
        await AppendAsync(Entry(layer, AuditAction.Delete) with { Before = JsonOf(layer, StoredJsonContext.Default.LayerDefinition) });
    }

    public override async ValueTask<HoldoutDefinition?> FindHoldoutAsync(Guid id) => Checked(await base.FindHoldoutAsync(id));

    public override async ValueTask<HoldoutDefinition?> InsertAsync(HoldoutDefinition holdout, bool keepsSequence = false) =>
        await CreatedAsync(StoredJsonContext.Default.HoldoutDefinition, await base.InsertAsync(holdout, keepsSequence));

    public override async ValueTask<HoldoutDefinition?> UpdateAsync(HoldoutDefinition holdout)
    {
        HoldoutDefinition? before = await base.FindHoldoutAsync(holdout.Id);
        return await ChangedAsync(StoredJsonContext.Default.HoldoutDefinition, before, await base.UpdateAsync(holdout));
    }

    public override async ValueTask DeleteAsync(HoldoutDefinition holdout)
    {
        await base.DeleteAsync(holdout);
        await AppendAsync(Entry(holdout, AuditAction.Delete) with { Before = JsonOf(holdout, StoredJsonContext.Default.HoldoutDefinition) });
    }

    private T? Checked<T>(T? found)
        where T : class, IDefinition
    {
        if (found is not null)
        {
            caller.Precondition?.Check(found.Id, found.Revision);
        }

        return found;
    }

    /// <param name="type">Of the definition.</param>
    /// <param name="stored">Null where the name was taken, and nothing stored.</param>
    private async ValueTask<T?> CreatedAsync<T>(JsonTypeInfo<T> type, T? stored)
        where T : class, IDefinition
    {
        if (stored is not null)
        {
            await AppendAsync(Entry(stored, AuditAction.Create) with { After = JsonOf(stored, type) });
        }

        return stored;
    }

    /// <param name="type">Of the definition.</param>
    /// <param name="before">As it was.</param>
    /// <param name="stored">Null where the name was taken, and nothing stored.</param>
    private async ValueTask<T?> ChangedAsync<T>(JsonTypeInfo<T> type, T? before, T? stored)
        where T : class, IDefinition
    {
        if (stored is not null)
        {
            await AppendAsync(Entry(stored, AuditAction.Update) with
            {
                Before = before is null ? null : JsonOf(before, type),
                After = JsonOf(stored, type),
                ReassignedShare = _reassigned.TryGetValue(stored.Id, out decimal share) ? share : null,
            });
        }

        return stored;
    }

    private AuditEntry Entry(IDefinition definition, AuditAction action)
    {
        (ResourceKind kind, string key) = definition switch
        {
            AudienceDefinition audience => (ResourceKind.Audience, audience.Name),
            ExperimentDefinition experiment => (ResourceKind.Experiment, experiment.Key),
            FlagDefinition flag => (ResourceKind.Flag, flag.Key),
            LayerDefinition layer => (ResourceKind.Layer, layer.Name),
            HoldoutDefinition holdout => (ResourceKind.Holdout, holdout.Name),
            _ => throw new ArgumentException("There is no name for this kind of definition.", nameof(definition)),
        };
        return Entry(definition.EnvironmentId, kind, definition.Id, key, action);
    }

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

    private static JsonElement JsonOf<T>(T definition, JsonTypeInfo<T> type) => JsonSerializer.SerializeToElement(definition, type);
}
