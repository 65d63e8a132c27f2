using Experiments.Control.Definitions;
using Experiments.Control.Splits;
using Experiments.Control.Storage;

namespace Experiments.Control.Operations;

/// <summary>Experiments split by weights, and what changes of them would move.</summary>
internal sealed class ExperimentSplitOperations(IDefinitionStore store, TimeProvider time)
{
    /// <summary>Derives the allocations from weights and coverage.</summary>
    public Task<Result<Mutation<ExperimentView>>> SplitAsync(Guid experimentId, SplitInput input) =>
        store.MutateAsync(experimentId, time, async (writer, experiment) => await SplitAsync(writer, experiment, input));

    public Task<Result<SplitPreview>> PreviewAsync(Guid experimentId, SplitInput input) =>
        PreviewAsync(experimentId, (reader, experiment) => BuildAsync(reader, experiment, input, UtcTime.Now(time)), new(true, input.Unit));

    public Task<Result<SplitPreview>> PreviewAsync(Guid experimentId, IReadOnlyList<AllocationInput> inputs) => PreviewAsync(
        experimentId,
        (_, experiment) =>
        {
            Result<ExperimentDefinition> replaced = AllocationOperations.Replace(experiment, inputs);
            return ValueTask.FromResult<Result<BuiltSplit>>(replaced.IsSuccess
                ? new BuiltSplit(null, replaced.Value.Allocations, null)
                : replaced.Error);
        });

    private async ValueTask<Result<ExperimentDefinition>> SplitAsync(IStoreWriter writer, ExperimentDefinition experiment, SplitInput input)
    {
        Result<BuiltSplit> built = await BuildAsync(writer, experiment, input, UtcTime.Now(time));
        if (!built.IsSuccess)
        {
            return built.Error;
        }

        BuiltSplit split = built.Value;
        ExperimentDefinition changed = experiment with { Split = split.Split, Allocations = split.Allocations, Unit = input.Unit };
        if (split.Layer is { } layer && !(await writer.FindAsync<LayerDefinition>(layer.Id))!.Claims.SequenceEqual(layer.Claims))
        {
            await writer.UpdateAsync(layer with { UpdatedAt = UtcTime.Now(time) });
        }

        return changed;
    }

    private Task<Result<SplitPreview>> PreviewAsync(
        Guid experimentId, Func<IStoreReader, ExperimentDefinition, ValueTask<Result<BuiltSplit>>> build, Optional<string> unit = default) =>
        store.ReadAsync<Result<SplitPreview>>(async reader =>
        {
            if (await reader.FindAsync<ExperimentDefinition>(experimentId) is not { } experiment)
            {
                return Errors.NotFound("experiment", experimentId);
            }

            Result<BuiltSplit> built = await build(reader, experiment);
            if (!built.IsSuccess)
            {
                return built.Error;
            }

            DateTimeOffset now = UtcTime.Now(time);
            BuiltSplit split = built.Value;
            return SplitPreview.Compare(
                SplitSituations.Of(
                    experiment.Split, experiment.Allocations, await reader.FindLayerOfAsync(experiment),
                    SplitSituations.OwnerOf(experiment, experiment.Unit), now),
                SplitSituations.Of(
                    split.Split, split.Allocations, split.Layer, SplitSituations.OwnerOf(experiment, unit.Or(experiment.Unit)), now));
        });

    private static async ValueTask<Result<BuiltSplit>> BuildAsync(
        IStoreReader reader, ExperimentDefinition experiment, SplitInput input, DateTimeOffset now)
    {
        LayerDefinition? layer = null;
        if (input.LayerId is { } layerId)
        {
            layer = await reader.FindAsync<LayerDefinition>(layerId);
            if (layer is null)
            {
                return Errors.NotFound("layer", layerId);
            }

            if (layer.EnvironmentId != experiment.EnvironmentId)
            {
                return new DomainError(DomainErrorCode.NotAllowed, $"Layer \"{layer.Name}\" belongs to another environment than the experiment.");
            }
        }

        Result<BuiltSplit> built = SplitBuilder.Build(
            "", input, [.. experiment.Variants.Select(static variant => (variant.Id, variant.Id.ToString()))],
            experiment.Split, experiment.Allocations, layer, (experiment.Id, experiment.Key), now);
        return built.IsSuccess ? built.Value : built.Error;
    }
}
