using Experiments.Control.Definitions;
using Experiments.Control.Operations;
using Experiments.Control.Storage;
using Experiments.Control.Transfer;
using Experiments.Dashboard.Models;

namespace Experiments.Dashboard.Session;

/// <summary>
/// Brings back a flag or experiment as it was before an entry of the audit log: as a document of that one definition, so that all checks
/// are those of any document, and salts and buckets come back too.
/// </summary>
internal sealed class Restoring(IDefinitionStore store, TransferOperations transfers)
{
    /// <summary>What it would change now.</summary>
    public async Task<Result<TransferPlan>> PlanAsync(AuditEntry entry)
    {
        Result<Mutation<AppliedDocument>> planned = await RunAsync(entry, new ApplyOptions { IsDryRun = true });
        return planned.IsSuccess ? new TransferPlan(ChangeRow.Of(planned.Value.Value.Changes), planned.Value.Value.ETag) : planned.Error;
    }

    /// <param name="entry">Before which it was so.</param>
    /// <param name="expectedETag">Of the plan that was looked at.</param>
    public Task<Result<Mutation<AppliedDocument>>> RestoreAsync(AuditEntry entry, string expectedETag) =>
        RunAsync(entry, new ApplyOptions { ExpectedETags = [expectedETag] });

    private async Task<Result<Mutation<AppliedDocument>>> RunAsync(AuditEntry entry, ApplyOptions options)
    {
        Result<TransferDocument> document = await store.ReadAsync(async reader => await DocumentAsync(reader, entry));
        if (!document.IsSuccess)
        {
            return document.Error;
        }

        Result<Mutation<AppliedDocument>> applied = await transfers.ApplyAsync(entry.EnvironmentId, document.Value, options);

        // People see one definition, not a document.
        return applied.IsSuccess ? applied : applied.Error with { Message = WithoutPath(applied.Error.Message) };
    }

    private static async ValueTask<Result<TransferDocument>> DocumentAsync(IStoreReader reader, AuditEntry entry)
    {
        if (entry.Before is not { } json)
        {
            return new DomainError(DomainErrorCode.NotAllowed, "There was nothing before this.");
        }

        if (await EnvironmentState.ReadAsync(reader, entry.EnvironmentId) is not { } state)
        {
            return Errors.NotFound("environment", entry.EnvironmentId);
        }

        var export = new StateExport(state);
        switch (entry.Kind)
        {
            case ResourceKind.Flag:
                FlagDefinition flag = HistoryReading.Definition<FlagDefinition>(json);
                return FindMissing(state, flag) is { } missingOfFlag ? missingOfFlag : new TransferDocument { Flags = [export.Of(flag)] };
            case ResourceKind.Experiment:
                ExperimentDefinition experiment = WithPossibleStatus(state, HistoryReading.Definition<ExperimentDefinition>(json));
                return FindMissing(state, experiment) is { } missing ? missing : new TransferDocument { Experiments = [export.Of(experiment)] };
            default:
                return new DomainError(DomainErrorCode.NotAllowed, "Only flags and experiments can be brought back.");
        }
    }

    /// <summary>What has begun cannot be a draft again: it keeps its status, and gets back all else.</summary>
    private static ExperimentDefinition WithPossibleStatus(EnvironmentState state, ExperimentDefinition wanted) =>
        state.Experiments.FirstOrDefault(one => one.Key == wanted.Key) is { } present && !ExperimentLifecycle.CanFollow(present.Status, wanted.Status)
            ? wanted with { Status = present.Status }
            : wanted;

    private static DomainError? FindMissing(EnvironmentState state, FlagDefinition flag)
    {
        foreach ((int index, FlagRuleDefinition rule) in flag.Rules.Index())
        {
            string where = FormattableString.Invariant($"Rule {index + 1}");
            DomainError? missing = FindMissing(state, where, rule.AudienceId, rule.Split?.Weights.LayerId);
            if (missing is null && rule.ExperimentId is { } id && state.Experiments.All(one => one.Id != id))
            {
                missing = Gone(where, "served an experiment");
            }

            if (missing is not null)
            {
                return missing;
            }
        }

        return null;
    }

    private static DomainError? FindMissing(EnvironmentState state, ExperimentDefinition experiment) =>
        FindMissing(state, "It", experiment.AudienceId, experiment.Split?.LayerId);

    // Without these it would be for more people than it was.
    private static DomainError? FindMissing(EnvironmentState state, string where, Guid? audienceId, Guid? layerId) =>
        audienceId is { } audience && state.Audiences.All(one => one.Id != audience) ? Gone(where, "was for an audience")
        : layerId is { } layer && state.Layers.All(one => one.Id != layer) ? Gone(where, "was in a layer")
        : null;

    private static DomainError Gone(string where, string what) =>
        new(DomainErrorCode.NotAllowed, $"{where} {what} that is not there any more, so this state cannot come back.");

    private static string WithoutPath(string message)
    {
        foreach (string prefix in new[] { "flags[0]", "experiments[0]" })
        {
            if (message.StartsWith(prefix, StringComparison.Ordinal))
            {
                return message[prefix.Length..].TrimStart('.', ':', ' ');
            }
        }

        return message;
    }
}
