using Experiments.Control.Definitions;
using Experiments.Control.Storage;

namespace Experiments.Control.Operations;

/// <summary>The one way to change a stored experiment, whatever part of it: read, check, write and request the publish in one transaction.</summary>
internal static class ExperimentMutations
{
    /// <param name="store">Where it is.</param>
    /// <param name="id">Of the experiment.</param>
    /// <param name="time">For its time of update.</param>
    /// <param name="change">Answers the changed experiment, the same instance's content where nothing changes, or an error.</param>
    /// <param name="refuseArchived">False for the status change, which has a message of its own for what is archived.</param>
    public static Task<Result<Mutation<ExperimentView>>> MutateAsync(
        this IDefinitionStore store,
        Guid id,
        TimeProvider time,
        Func<IStoreWriter, ExperimentDefinition, ValueTask<Result<ExperimentDefinition>>> change,
        bool refuseArchived = true) => store.WriteAsync<Result<Mutation<ExperimentView>>>(async writer =>
    {
        if (await writer.FindAsync<ExperimentDefinition>(id) is not { } experiment)
        {
            return Errors.NotFound("experiment", id);
        }

        if (refuseArchived && experiment.Status == ExperimentStatus.Archived)
        {
            return Errors.Archived(experiment);
        }

        LayerDefinition? layerBefore = await writer.FindLayerOfAsync(experiment);
        Result<ExperimentDefinition> changed = await change(writer, experiment);
        if (!changed.IsSuccess)
        {
            return changed.Error;
        }

        bool livePartChanged = IsLivePartChanged(experiment, changed.Value);
        if (!livePartChanged && changed.Value.Name == experiment.Name && changed.Value.Description == experiment.Description)
        {
            return new Mutation<ExperimentView>(await new Views(writer).OfAsync(experiment), null);
        }

        LayerDefinition? layerAfter = await writer.FindLayerOfAsync(changed.Value);
        decimal reassigned = Reassignments.ShareOf(experiment, changed.Value, _ => layerBefore, _ => layerAfter, UtcTime.Now(time));
        if (reassigned > 0)
        {
            writer.NoteReassigned(id, reassigned);
        }

        ExperimentDefinition stored = (await writer.UpdateAsync(changed.Value with { UpdatedAt = UtcTime.Now(time) }))!;
        if (layerBefore is not null && (stored.Split?.LayerId != layerBefore.Id || stored.Status == ExperimentStatus.Archived))
        {
            await writer.ReleaseAsync(layerBefore.Id, id, UtcTime.Now(time));
        }

        bool isLive = livePartChanged
            && (stored.Status != experiment.Status || stored.Status == ExperimentStatus.Running);
        return new Mutation<ExperimentView>(
            await new Views(writer).OfAsync(stored), isLive ? await writer.RequestPublishIfAutoAsync(experiment.EnvironmentId) : null,
            reassigned > 0 ? reassigned : null);
    });

    private static bool IsLivePartChanged(ExperimentDefinition before, ExperimentDefinition after) =>
        before.Status != after.Status
        || before.AudienceId != after.AudienceId
        || !TargetingRules.AreSame(before.TargetingRules, after.TargetingRules)
        || !before.Allocations.SequenceEqual(after.Allocations)
        || before.Split != after.Split
        || before.Unit != after.Unit
        || before.Schedule != after.Schedule
        || !before.Prerequisites.SequenceEqual(after.Prerequisites)
        || !before.Overrides.SequenceEqual(after.Overrides)

        // Holdouts may be of a tag.
        || !before.Tags.SequenceEqual(after.Tags, StringComparer.Ordinal)
        || before.Variants.Count != after.Variants.Count
        || !before.Variants.Zip(after.Variants).All(static pair => AreSame(pair.First, pair.Second));

    private static bool AreSame(VariantDefinition a, VariantDefinition b) =>
        a.Id == b.Id && a.Key == b.Key && a.Name == b.Name
        && RawJson.AreSame(a.Payload.GetValueOrDefault(), b.Payload.GetValueOrDefault());
}
