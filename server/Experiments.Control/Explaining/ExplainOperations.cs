using Experiments.Client;
using Experiments.Client.Decisions;
using Experiments.Client.Snapshots;
using Experiments.Client.Targeting;
using Experiments.Control.Definitions;
using Experiments.Control.Operations;
using Experiments.Control.Storage;
using Experiments.Control.Versions;

namespace Experiments.Control.Explaining;

/// <summary>Answers why users get what they get, and how many a publish would give something else.</summary>
internal sealed class ExplainOperations(IDefinitionStore definitions, StoredSnapshots snapshots, TimeProvider time)
{
    public async Task<Result<ExplainedDecision>> ExplainAsync(ExplainRequest request, CancellationToken cancellationToken)
    {
        StorePage<EnvironmentDefinition> environments = await definitions.ReadAsync(
            static reader => reader.ListEnvironmentsAsync(PageRange.All), cancellationToken);
        EnvironmentDefinition? environment = environments.Items.FirstOrDefault(
            one => string.Equals(one.Name, request.Environment, StringComparison.Ordinal));
        if (environment is null)
        {
            return new DomainError(DomainErrorCode.NotFound, $"There is no environment named \"{request.Environment}\".");
        }

        Result<CompiledSnapshot> found = await FindAsync(environment, request.Place, cancellationToken);
        if (!found.IsSuccess)
        {
            return found.Error;
        }

        CompiledSnapshot snapshot = found.Value;
        if (!snapshot.FlagByKey.TryGetValue(request.Key, out int flag))
        {
            string place = request.Place.IsDraft ? "the draft" : $"version {snapshot.Version}";
            return new DomainError(
                DomainErrorCode.NotFound, $"There is no flag or experiment \"{request.Key}\" in {place} of environment \"{environment.Name}\".");
        }

        Explanation explanation = Explainer.Explain(
            snapshot, flag, new DecisionSurroundings(time), request.UserKey, new ContextAttributes(request.Context));
        return new ExplainedDecision(environment.Name, request.Place.IsDraft ? null : snapshot.Version, request.Key, explanation);
    }

    /// <summary>A count of what publishing the draft would change, from what is live, both at the present time.</summary>
    public async Task<Result<ImpactCount>> StartImpactAsync(Guid environmentId, CancellationToken cancellationToken)
    {
        EnvironmentDefinition? environment = await definitions.ReadAsync(
            reader => reader.FindEnvironmentAsync(environmentId), cancellationToken);
        if (environment is null)
        {
            return Errors.NotFound("environment", environmentId);
        }

        Result<CompiledSnapshot> live = await FindAsync(environment, ContentPlace.Live, cancellationToken);
        if (live is { IsSuccess: false, Error.Code: not DomainErrorCode.NotFound })
        {
            return live.Error;
        }

        Result<CompiledSnapshot> draft = await FindAsync(environment, ContentPlace.Draft, cancellationToken);
        if (!draft.IsSuccess)
        {
            return draft.Error;
        }

        var count = new ImpactCount(live.Value, draft.Value, time.GetUtcNow());
        return count.KeyCount <= ImpactCount.MaxKeys
            ? count
            : new DomainError(
                DomainErrorCode.NotAllowed,
                $"The environment has {count.KeyCount} flags and experiments; an impact is counted over at most {ImpactCount.MaxKeys}.");
    }

    private Task<Result<CompiledSnapshot>> FindAsync(EnvironmentDefinition environment, ContentPlace place, CancellationToken cancellationToken) =>
        place.IsDraft
            ? DraftSnapshot.CompileAsync(definitions, environment, UtcTime.Now(time), cancellationToken)
            : snapshots.FindAsync(environment.Name, place.Version, cancellationToken);
}
