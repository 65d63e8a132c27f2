using Experiments.Control.Definitions;
using Experiments.Control.Operations;
using Experiments.Control.Storage;

namespace Experiments.Control.Transfer;

/// <summary>Plans one experiment of a document.</summary>
internal sealed class ExperimentPlanner(PlannedState planned, ApplyOptions options, ExperimentEntry entry, string path, DateTimeOffset now)
{
    private readonly ExperimentDefinition? _stored = planned.Experiments.Find(entry.Key);

    /// <summary>Its id, also where it is new.</summary>
    public Guid Id { get; } = planned.Experiments.Find(entry.Key)?.Id ?? Guid.NewGuid();

    /// <summary>What it is to hold of a layer; null where it holds nothing.</summary>
    public ClaimOwner? Owner()
    {
        LayerDefinition? layer = planned.LayerOf($"{path}.split", entry.Split?.Layer);
        return layer is null || !HoldsClaim ? null : new ClaimOwner($"{path}.split", Id, entry.Key, layer, entry.Split!.Claim);
    }

    // What is archived has let go; what lost its buckets takes none before it runs.
    private bool HoldsClaim => StatusOf() != ExperimentStatus.Archived
        && (entry.Split?.Claim is not { Count: 0 } || StatusOf() == ExperimentStatus.Running);

    /// <param name="export">For comparing with what is there.</param>
    public void Plan(StateExport export)
    {
        if (_stored is not null && DocumentJson.AreSame(export.Of(_stored), entry, TransferJsonContext.Compact.ExperimentEntry))
        {
            return;
        }

        ExperimentDefinition wanted = WithSplit(WithVariants(Base()));
        CheckStatus(wanted);
        if (_stored is null || !DocumentJson.AreSame(_stored, wanted, StoredJsonContext.Default.ExperimentDefinition))
        {
            if (_stored is { Status: ExperimentStatus.Archived })
            {
                TransferRefusedException.ThrowIf(path, Errors.Archived(_stored));
            }

            planned.Experiments.Put(wanted);
        }
    }

    private ExperimentStatus StatusOf() => ExperimentLifecycle.TryParse(entry.Status, out ExperimentStatus status)
        ? status
        : throw TransferRefusedException.Invalid($"{path}.status", $"\"{entry.Status}\" is unknown; it must be one of {ExperimentLifecycle.AllNames}");

    private ExperimentDefinition Base()
    {
        CheckTexts();
        ExperimentDefinition start = _stored ?? new ExperimentDefinition
        {
            Id = Id,
            EnvironmentId = planned.EnvironmentId,
            Key = entry.Key,
            Name = entry.Name,
            Salt = entry.Salt ?? Guid.NewGuid().ToString(),
            CreatedAt = now,
            UpdatedAt = now,
        };
        return start with
        {
            Name = entry.Name,
            Description = entry.Description,
            Status = StatusOf(),
            Salt = options.KeepsAssignments ? start.Salt : entry.Salt ?? start.Salt,
            Tags = TagNames.Sort(entry.Tags ?? []),
            AudienceId = planned.AudienceOf(path, entry.Audience),
            TargetingRules = EntryParts.KeepSame(_stored?.TargetingRules, entry.TargetingRules),
            Unit = entry.Unit,
            Schedule = EntryParts.ScheduleOf(entry.Schedule),
            Prerequisites = EntryParts.PrerequisitesOf(entry.Prerequisites),
        };
    }

    private void CheckTexts()
    {
        (string Member, string? Fault) fault = ("key", DefinitionNames.CheckKey(entry.Key));
        fault = fault.Fault is null ? ("name", DefinitionNames.CheckName(entry.Name)) : fault;
        fault = fault.Fault is null ? ("description", DefinitionNames.CheckDescription(entry.Description)) : fault;
        fault = fault.Fault is null ? ("tags", TagNames.Check(entry.Tags ?? [])) : fault;
        if (fault.Fault is null && entry.Unit is { Length: 0 or > TargetingRules.MaxAttributeLength })
        {
            fault = ("unit", $"must be 1 to {TargetingRules.MaxAttributeLength} characters");
        }

        if (fault.Fault is not null)
        {
            throw TransferRefusedException.Invalid($"{path}.{fault.Member}", fault.Fault);
        }

        EntryParts.CheckSalt(path, entry.Salt);
        if (TargetingRules.Check("targetingRules", entry.TargetingRules ?? []) is { } rules)
        {
            TransferRefusedException.ThrowIf(path, new DomainError(DomainErrorCode.InvalidInput, rules + "."));
        }

        TransferRefusedException.ThrowIf(path, Schedules.Check("schedule", EntryParts.ScheduleOf(entry.Schedule)));
    }

    private ExperimentDefinition WithVariants(ExperimentDefinition experiment)
    {
        ExperimentDefinition checking = experiment with { Variants = [], Allocations = [], Split = null };
        IReadOnlyList<ExperimentVariantEntry> entries = entry.Variants ?? [];
        for (int i = 0; i < entries.Count; i++)
        {
            var input = new VariantInput { Key = entries[i].Key, Name = entries[i].Name, Payload = entries[i].Payload };
            checking = TransferRefusedException.ValueOf(
                $"{path}.variants[{i}]", VariantOperations.Apply(checking, new VariantBatch { Create = [input] }));
        }

        Dictionary<string, VariantDefinition> stored = (_stored?.Variants ?? []).ToDictionary(static one => one.Key, StringComparer.Ordinal);
        ExperimentDefinition made = experiment with
        {
            Variants = [.. checking.Variants.Select(variant => stored.TryGetValue(variant.Key, out VariantDefinition? present)
                ? variant with
                {
                    Id = present.Id,
                    Payload = variant.Payload is { } payload ? DocumentJson.KeepSame(present.Payload, payload) : null,
                }
                : variant)],
        };
        return made with
        {
            Overrides = TransferRefusedException.ValueOf(path, FlagBuilder.Build(EntryParts.OverridesOf(entry.Overrides), IdsOf(made))),
        };
    }

    private ExperimentDefinition WithSplit(ExperimentDefinition experiment)
    {
        Dictionary<string, Guid> ids = IdsOf(experiment);
        IReadOnlyList<AllocationDefinition> stored = _stored?.Allocations ?? [];
        AllocationDefinition[] given = EntryParts.AllocationsOf(
            entry.Split is null ? $"{path}.allocations" : $"{path}.split.allocations",
            entry.Split is null ? entry.Allocations ?? [] : entry.Split.Allocations ?? [],
            key => ids.TryGetValue(key, out Guid id) ? id : null,
            stored);
        if (entry.Split is not { } split)
        {
            return experiment with { Split = null, Allocations = given };
        }

        if (entry.Allocations is not null)
        {
            throw TransferRefusedException.Invalid($"{path}.allocations", "must be absent, or inside split, where there is a split");
        }

        LayerDefinition? layer = planned.LayerOf($"{path}.split", split.Layer);
        LayerDefinition? claimed = HoldsClaim || layer is null ? layer : layer with { Claims = [] };
        bool startsFromStored = split.Allocations is null || (options.KeepsAssignments && _stored is { Allocations.Count: > 0 });
        BuiltSplit built = TransferRefusedException.ValueOf(path, SplitBuilder.Build(
            "split", EntryParts.InputOf(split, layer?.Id), [.. experiment.Variants.Select(static one => (one.Id, one.Key))],
            startsFromStored ? _stored?.Split : EntryParts.SplitOf($"{path}.split", split, ids, layer?.Id),
            startsFromStored ? stored : given, claimed, (Id, entry.Key), now));
        if (HoldsClaim && built.Layer is { } held)
        {
            planned.Layers.Put(held);
        }

        return experiment with { Split = built.Split, Allocations = EntryParts.KeepIds(built.Allocations, stored) };
    }

    private void CheckStatus(ExperimentDefinition wanted)
    {
        if (_stored is not null && _stored.Status != wanted.Status && !ExperimentLifecycle.CanFollow(_stored.Status, wanted.Status))
        {
            throw TransferRefusedException.NotAllowed(
                $"{path}.status", $"Cannot transition from {ExperimentLifecycle.NameOf(_stored.Status)} to {entry.Status}");
        }

        if (wanted.Status == ExperimentStatus.Running && wanted.Allocations.Count == 0)
        {
            throw TransferRefusedException.NotAllowed(
                $"{path}.status", $"Experiment \"{entry.Key}\" has no allocations, so it would assign nobody.");
        }
    }

    private static Dictionary<string, Guid> IdsOf(ExperimentDefinition experiment) =>
        experiment.Variants.ToDictionary(static one => one.Key, static one => one.Id, StringComparer.Ordinal);
}
