using Experiments.Control.Definitions;
using Experiments.Control.Storage;
using Experiments.Control.Versions;

namespace Experiments.Control.Operations;

/// <summary>
/// Puts the definitions of an environment back to those of a version. Nothing is deleted: what that version did not hold is paused,
/// archived or, for a holdout, holds nobody out.
/// </summary>
internal sealed class Rollback(IStoreWriter writer, EnvironmentContent content, Guid environmentId, DateTimeOffset now)
{
    private readonly Dictionary<Guid, LayerDefinition> _layersBefore = [];
    private readonly Dictionary<Guid, LayerDefinition> _layersAfter = [];

    /// <summary>Of whatever moved most, the share of all users who had a variant and have another now, or none.</summary>
    public decimal ReassignedShare { get; private set; }

    /// <summary>Null, or which name or key of the version is another's by now: then nothing must be kept of it.</summary>
    public async ValueTask<string?> RunAsync()
    {
        EnvironmentContent present = await EnvironmentContents.ReadAsync(writer, environmentId);
        foreach (LayerDefinition layer in await writer.GetAllAsync<LayerDefinition>(environmentId))
        {
            _layersBefore[layer.Id] = layer;
        }

        string? taken = null;
        foreach (AudienceDefinition audience in content.Audiences)
        {
            taken ??= await RestoreAsync(audience);
        }

        foreach (LayerDefinition layer in content.Layers)
        {
            taken ??= await RestoreAsync(layer);
        }

        foreach (HoldoutDefinition holdout in content.Holdouts)
        {
            taken ??= await RestoreAsync(holdout);
        }

        // First whatever lets go of a key or a place, then what takes it.
        await RetireAsync(present);
        foreach (LayerDefinition layer in await writer.GetAllAsync<LayerDefinition>(environmentId))
        {
            _layersAfter[layer.Id] = layer;
        }

        foreach (ExperimentDefinition experiment in content.Experiments)
        {
            taken ??= await RestoreAsync(experiment);
        }

        foreach (FlagDefinition flag in content.Flags)
        {
            taken ??= await RestoreAsync(flag);
        }

        // A flag that was made since may have the key of an experiment that has come back.
        foreach (ExperimentDefinition experiment in content.Experiments)
        {
            taken ??= await writer.FindAsync<FlagDefinition>(environmentId, experiment.Key) is { } flag
                && await KeySpace.FindConflictAsync(writer, flag) is not null ? $"experiment \"{experiment.Key}\"" : null;
        }

        return taken;
    }

    private async ValueTask RetireAsync(EnvironmentContent present)
    {
        HashSet<Guid> held = [.. content.Experiments.Select(static one => one.Id), .. content.Flags.Select(static one => one.Id),
            .. content.Holdouts.Select(static one => one.Id)];
        foreach (ExperimentDefinition experiment in present.Experiments.Where(one => !held.Contains(one.Id)))
        {
            await writer.UpdateAsync(experiment with { Status = ExperimentStatus.Paused, UpdatedAt = now });
        }

        foreach (FlagDefinition flag in present.Flags.Where(one => !held.Contains(one.Id)))
        {
            await writer.UpdateAsync(flag with { IsArchived = true, UpdatedAt = now });
            foreach (FlagRuleDefinition rule in flag.Rules)
            {
                await writer.ReleaseAsync(rule.Split?.Weights.LayerId, rule.Id, now);
            }
        }

        foreach (HoldoutDefinition holdout in present.Holdouts.Where(one => !held.Contains(one.Id) && one.Share > 0))
        {
            await writer.UpdateAsync(holdout with { Share = 0, UpdatedAt = now });
        }
    }

    private async ValueTask<string?> RestoreAsync(AudienceDefinition audience)
    {
        AudienceDefinition? present = await writer.FindAsync<AudienceDefinition>(audience.Id);
        AudienceDefinition wanted = audience with { Revision = present?.Revision ?? 0, UpdatedAt = now };
        bool isStored = present is null
            ? await writer.InsertAsync(wanted, keepsSequence: true) is not null
            : AreSame(present, wanted) || await writer.UpdateAsync(wanted) is not null;
        return isStored ? null : $"audience \"{audience.Name}\"";
    }

    /// <summary>Claims that were made since stay where they leave room for the old ones.</summary>
    private async ValueTask<string?> RestoreAsync(LayerDefinition layer)
    {
        LayerDefinition? present = await writer.FindAsync<LayerDefinition>(layer.Id);
        LayerDefinition wanted = layer with { Revision = present?.Revision ?? 0, UpdatedAt = now };
        foreach (LayerClaimDefinition claim in present?.Claims ?? [])
        {
            if (wanted.Claims.All(held => held.OwnerId != claim.OwnerId && !Overlap(held, claim)))
            {
                wanted = wanted with { Claims = [.. wanted.Claims, claim] };
            }
        }

        bool isSame = present is not null && VersionJson.AreSame(present with { UpdatedAt = now }, wanted, StoredJsonContext.Default.LayerDefinition);
        bool isStored = isSame || (present is null ? await writer.InsertAsync(wanted, keepsSequence: true) : await writer.UpdateAsync(wanted)) is not null;
        return isStored ? null : $"layer \"{layer.Name}\"";
    }

    private async ValueTask<string?> RestoreAsync(HoldoutDefinition holdout)
    {
        HoldoutDefinition? present = await writer.FindAsync<HoldoutDefinition>(holdout.Id);
        HoldoutDefinition wanted = holdout with { Revision = present?.Revision ?? 0, UpdatedAt = now };
        bool isSame = present is not null && present with { UpdatedAt = now } == wanted;
        bool isStored = isSame || (present is null ? await writer.InsertAsync(wanted, keepsSequence: true) : await writer.UpdateAsync(wanted)) is not null;
        return isStored ? null : $"holdout \"{holdout.Name}\"";
    }

    private async ValueTask<string?> RestoreAsync(ExperimentDefinition experiment)
    {
        ExperimentDefinition? present = await writer.FindAsync<ExperimentDefinition>(experiment.Id);
        ExperimentDefinition wanted = experiment with { Revision = present?.Revision ?? 0, UpdatedAt = now };
        if (present is null)
        {
            return await writer.InsertAsync(wanted, keepsSequence: true) is null ? $"experiment \"{experiment.Key}\"" : null;
        }

        Note(wanted.Id, Reassignments.ShareOf(present, wanted, _layersBefore.GetValueOrDefault, _layersAfter.GetValueOrDefault, now));
        if (!VersionJson.AreSame(present with { UpdatedAt = now }, wanted, StoredJsonContext.Default.ExperimentDefinition))
        {
            await writer.UpdateAsync(wanted);
        }

        return null;
    }

    private async ValueTask<string?> RestoreAsync(FlagDefinition flag)
    {
        FlagDefinition? present = await writer.FindAsync<FlagDefinition>(flag.Id);
        FlagDefinition wanted = flag with
        {
            Revision = present?.Revision ?? 0,
            UpdatedAt = now,
            Rules = await WithoutGoneAsync(flag.Rules),
        };
        if (await KeySpace.FindConflictAsync(writer, wanted) is not null)
        {
            return $"flag \"{flag.Key}\"";
        }

        if (present is null)
        {
            return await writer.InsertAsync(wanted, keepsSequence: true) is null ? $"flag \"{flag.Key}\"" : null;
        }

        Note(wanted.Id, Reassignments.ShareOf(present, wanted, _layersBefore.GetValueOrDefault, _layersAfter.GetValueOrDefault, now));
        if (!VersionJson.AreSame(present with { UpdatedAt = now }, wanted, StoredJsonContext.Default.FlagDefinition))
        {
            await writer.UpdateAsync(wanted);
        }

        return null;
    }

    /// <summary>A rule of an experiment that was not live then and is deleted by now served nobody, and would name nothing.</summary>
    private async ValueTask<IReadOnlyList<FlagRuleDefinition>> WithoutGoneAsync(IReadOnlyList<FlagRuleDefinition> rules)
    {
        List<FlagRuleDefinition> kept = new(rules.Count);
        foreach (FlagRuleDefinition rule in rules)
        {
            if (rule.ExperimentId is not { } id || await writer.FindAsync<ExperimentDefinition>(id) is not null)
            {
                kept.Add(rule);
            }
        }

        return kept.Count == rules.Count ? rules : kept;
    }

    private void Note(Guid id, decimal share)
    {
        if (share > 0)
        {
            writer.NoteReassigned(id, share);
            ReassignedShare = Math.Max(ReassignedShare, share);
        }
    }

    private bool AreSame(AudienceDefinition present, AudienceDefinition wanted) =>
        VersionJson.AreSame(present with { UpdatedAt = now }, wanted, StoredJsonContext.Default.AudienceDefinition);

    private static bool Overlap(LayerClaimDefinition one, LayerClaimDefinition other) => one.Ranges.Any(range =>
        other.Ranges.Any(theirs => range.RangeStart <= theirs.RangeEnd && theirs.RangeStart <= range.RangeEnd));
}
