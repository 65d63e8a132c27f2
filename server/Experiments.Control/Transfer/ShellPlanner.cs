using Experiments.Control.Definitions;
using Experiments.Control.Operations;

namespace Experiments.Control.Transfer;

/// <summary>Plans what experiments and flags name: audiences, layers, holdouts.</summary>
internal sealed class ShellPlanner(PlannedState planned, ApplyOptions options, DateTimeOffset now)
{
    public void Plan(AudienceEntry entry, string path)
    {
        AudienceDefinition? stored = planned.Audiences.Find(entry.Name);
        CheckName(path, entry.Name);
        if (TargetingRules.Check($"{path}.rules", entry.Rules) is { } fault)
        {
            throw new TransferRefusedException(new DomainError(DomainErrorCode.InvalidInput, fault + "."));
        }

        AudienceDefinition wanted = (stored ?? new AudienceDefinition
        {
            Id = Guid.NewGuid(),
            EnvironmentId = planned.EnvironmentId,
            Name = entry.Name,
            Rules = entry.Rules,
            CreatedAt = now,
            UpdatedAt = now,
        }) with { Rules = EntryParts.KeepSame(stored?.Rules, entry.Rules) };
        if (stored is null || !ReferenceEquals(wanted.Rules, stored.Rules))
        {
            planned.Audiences.Put(wanted);
        }
    }

    public void Plan(LayerEntry entry, string path)
    {
        LayerDefinition? stored = planned.Layers.Find(entry.Name);
        CheckName(path, entry.Name);
        EntryParts.CheckSalt(path, entry.Salt);
        if (entry.Unit is { Length: 0 or > TargetingRules.MaxAttributeLength })
        {
            throw TransferRefusedException.Invalid($"{path}.unit", $"must be 1 to {TargetingRules.MaxAttributeLength} characters");
        }

        if (stored is not null && options.KeepsAssignments)
        {
            // Its salt and unit decide for everyone who is in it.
            return;
        }

        LayerDefinition wanted = (stored ?? new LayerDefinition
        {
            Id = Guid.NewGuid(),
            EnvironmentId = planned.EnvironmentId,
            Name = entry.Name,
            Salt = entry.Salt ?? Guid.NewGuid().ToString(),
            CreatedAt = now,
            UpdatedAt = now,
        }) with { Unit = entry.Unit };
        wanted = wanted with { Salt = entry.Salt ?? wanted.Salt };
        if (stored is null || wanted.Unit != stored.Unit || wanted.Salt != stored.Salt)
        {
            planned.Layers.Put(wanted);
        }
    }

    public void Plan(HoldoutEntry entry, string path)
    {
        HoldoutDefinition? stored = planned.Holdouts.Find(entry.Name);
        CheckName(path, entry.Name);
        EntryParts.CheckSalt(path, entry.Salt);
        if (entry.Tag is { } tag && DefinitionNames.CheckKey(tag) is { } fault)
        {
            throw TransferRefusedException.Invalid($"{path}.tag", fault);
        }

        int share = EntryParts.CoverageOf(entry.Share).Buckets;
        HoldoutDefinition wanted = (stored ?? new HoldoutDefinition
        {
            Id = Guid.NewGuid(),
            EnvironmentId = planned.EnvironmentId,
            Name = entry.Name,
            Share = share,
            Salt = Guid.NewGuid().ToString(),
            CreatedAt = now,
            UpdatedAt = now,
        }) with { Tag = entry.Tag, Share = share };
        wanted = wanted with { Salt = entry.Salt ?? wanted.Salt };
        if (wanted != stored)
        {
            planned.Holdouts.Put(wanted);
        }
    }

    private static void CheckName(string path, string name)
    {
        if (DefinitionNames.CheckName(name) is { } fault)
        {
            throw TransferRefusedException.Invalid($"{path}.name", fault);
        }
    }
}
