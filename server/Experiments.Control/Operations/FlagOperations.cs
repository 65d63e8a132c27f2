using Experiments.Control.Definitions;
using Experiments.Control.Splits;
using Experiments.Control.Storage;

namespace Experiments.Control.Operations;

/// <summary>What can be done to flags.</summary>
internal sealed class FlagOperations(IDefinitionStore store, TimeProvider time)
{
    public async Task<Result<Mutation<FlagView>>> CreateAsync(FlagInput input)
    {
        if (DefinitionNames.CheckKey(input.Key) is { } keyFault)
        {
            return Errors.Invalid("key", keyFault);
        }

        return await store.WriteAsync(writer => CreateAsync(writer, input));
    }

    public Task<Result<FlagView>> FindAsync(Guid id) => store.ReadAsync<Result<FlagView>>(async reader =>
        await reader.FindAsync<FlagDefinition>(id) is { } flag ? await new Views(reader).OfAsync(flag) : Errors.NotFound("flag", id));

    public Task<StorePage<FlagView>> ListAsync(DefinitionFilter filter, PageRange range) =>
        store.ReadAsync(async reader => await new Views(reader).OfAsync(await reader.ListAsync<FlagDefinition>(filter, range)));

    public Task<Result<Mutation<FlagView>>> ChangeAsync(Guid id, FlagChange change) =>
        ChangeAsync(id, _ => change);

    /// <summary>Adds a rule.</summary>
    /// <param name="id">Of the flag.</param>
    /// <param name="rule">The new one.</param>
    /// <param name="index">Where; null is after all others.</param>
    public Task<Result<Mutation<FlagView>>> AddRuleAsync(Guid id, FlagRuleInput rule, int? index) => ChangeAsync(id, flag =>
    {
        if (index is { } at && (at < 0 || at > flag.Rules.Count))
        {
            return Errors.Invalid("index", $"must be 0 to {flag.Rules.Count}, the number of rules");
        }

        List<FlagRuleInput> rules = [.. FlagInputs.RulesOf(flag)];
        rules.Insert(index ?? rules.Count, rule with { Id = null });
        return new FlagChange { Rules = rules };
    });

    /// <summary>Replaces one rule, or removes it.</summary>
    /// <param name="id">Of the flag.</param>
    /// <param name="ruleId">Of the rule.</param>
    /// <param name="rule">Null removes it.</param>
    public Task<Result<Mutation<FlagView>>> ReplaceRuleAsync(Guid id, Guid ruleId, FlagRuleInput? rule) => ChangeAsync(id, flag =>
    {
        List<FlagRuleInput> rules = [.. FlagInputs.RulesOf(flag)];
        int index = rules.FindIndex(one => one.Id == ruleId);
        if (index < 0)
        {
            return Errors.NotFound($"rule of flag \"{flag.Key}\"", ruleId);
        }

        rules.RemoveAt(index);
        if (rule is not null)
        {
            rules.Insert(index, rule with { Id = ruleId });
        }

        return new FlagChange { Rules = rules };
    });

    /// <summary>Puts all rules in another order.</summary>
    public Task<Result<Mutation<FlagView>>> OrderRulesAsync(Guid id, IReadOnlyList<Guid> ruleIds) => ChangeAsync(id, flag =>
    {
        Dictionary<Guid, FlagRuleInput> rules = FlagInputs.RulesOf(flag).ToDictionary(static rule => rule.Id!.Value);
        return ruleIds.Count == rules.Count && ruleIds.Distinct().Count() == rules.Count && ruleIds.All(rules.ContainsKey)
            ? new FlagChange { Rules = new(true, [.. ruleIds.Select(ruleId => rules[ruleId])]) }
            : Errors.Invalid("ruleIds", $"must name each of the flag's {rules.Count} rules once");
    });

    /// <summary>Refused while other flags or experiments have it as a prerequisite.</summary>
    public Task<Result<Mutation<FlagView>>> DeleteAsync(Guid id) => store.WriteAsync<Result<Mutation<FlagView>>>(async writer =>
    {
        if (await writer.FindAsync<FlagDefinition>(id) is not { } flag)
        {
            return Errors.NotFound("flag", id);
        }

        if (await FindDependentsAsync(writer, flag) is { } inUse)
        {
            return inUse;
        }

        FlagView view = await new Views(writer).OfAsync(flag);
        await writer.DeleteAsync(flag);
        foreach (FlagRuleDefinition rule in flag.Rules)
        {
            await writer.ReleaseAsync(rule.Split?.Weights.LayerId, rule.Id, UtcTime.Now(time));
        }

        PublishState? publish = flag.IsArchived ? null : await writer.RequestPublishIfAutoAsync(flag.EnvironmentId);
        return new Mutation<FlagView>(view, publish);
    });

    /// <summary>What a change of one rule's split would move.</summary>
    public Task<Result<SplitPreview>> PreviewSplitAsync(Guid id, Guid ruleId, SplitInput input) => store.ReadAsync<Result<SplitPreview>>(async reader =>
    {
        if (await reader.FindAsync<FlagDefinition>(id) is not { } flag)
        {
            return Errors.NotFound("flag", id);
        }

        if (flag.Rules.FirstOrDefault(rule => rule.Id == ruleId) is not { } rule)
        {
            return Errors.NotFound($"rule of flag \"{flag.Key}\"", ruleId);
        }

        DateTimeOffset now = UtcTime.Now(time);
        var layers = new LayerBook(reader);
        LayerDefinition? layerBefore = rule.Split?.Weights.LayerId is { } held ? await layers.FindAsync(held) : null;
        Result<FlagRuleDefinition> built = await new FlagRuleBuilder(reader, flag, layers, now).BuildAsync(
            "", FlagInputs.RuleOf(flag, rule) with { Serve = new ServeInput(Split: input) }, rule);
        if (!built.IsSuccess)
        {
            return built.Error;
        }

        LayerDefinition? layerAfter = input.LayerId is { } wanted ? await layers.FindAsync(wanted) : null;
        return SplitPreview.Compare(
            SplitSituations.Of(
                rule.Split?.Weights, rule.Split?.Allocations ?? [], layerBefore, SplitSituations.OwnerOf(ruleId, rule.Split), now),
            SplitSituations.Of(
                built.Value.Split!.Weights, built.Value.Split.Allocations, layerAfter, SplitSituations.OwnerOf(ruleId, built.Value.Split), now));
    });

    /// <summary>The same flag in another environment, with buckets of its own; what it names goes by name.</summary>
    public async Task<Result<Mutation<FlagView>>> CopyAsync(Guid id, Guid environmentId, string? key)
    {
        if (key is not null && DefinitionNames.CheckKey(key) is { } keyFault)
        {
            return Errors.Invalid("key", keyFault);
        }

        return await store.WriteAsync<Result<Mutation<FlagView>>>(async writer =>
        {
            if (await writer.FindAsync<FlagDefinition>(id) is not { } flag)
            {
                return Errors.NotFound("flag", id);
            }

            Result<FlagInput> input = await FlagCopies.InputAsync(writer, flag, environmentId, key);
            return input.IsSuccess ? await CreateAsync(writer, input.Value) : input.Error;
        });
    }

    private async ValueTask<Result<Mutation<FlagView>>> CreateAsync(IStoreWriter writer, FlagInput input)
    {
        if (await writer.FindEnvironmentAsync(input.EnvironmentId) is not { } environment)
        {
            return Errors.NotFound("environment", input.EnvironmentId);
        }

        DateTimeOffset now = UtcTime.Now(time);
        var builder = new FlagBuilder(writer, Empty(input, now), input.Content, now);
        Result<FlagDefinition> built = await builder.BuildAsync();
        if (!built.IsSuccess)
        {
            return built.Error;
        }

        if (await KeySpace.FindConflictAsync(writer, built.Value) is { } taken)
        {
            return taken;
        }

        if (await writer.InsertAsync(built.Value) is not { } stored)
        {
            return new DomainError(DomainErrorCode.Conflict, $"A flag with key \"{input.Key}\" already exists in the environment.");
        }

        await StoreLayersAsync(writer, builder, now);
        PublishState? publish = stored.IsArchived ? null : await writer.RequestPublishIfAutoAsync(environment.Id);
        return new Mutation<FlagView>(new FlagView(stored, environment), publish);
    }

    private async Task<Result<Mutation<FlagView>>> ChangeAsync(Guid id, Func<FlagDefinition, Result<FlagChange>> change)
    {
        DateTimeOffset now = UtcTime.Now(time);
        return await store.WriteAsync<Result<Mutation<FlagView>>>(async writer =>
        {
            if (await writer.FindAsync<FlagDefinition>(id) is not { } flag)
            {
                return Errors.NotFound("flag", id);
            }

            Result<FlagChange> wanted = change(flag);
            if (!wanted.IsSuccess)
            {
                return wanted.Error;
            }

            var builder = new FlagBuilder(writer, flag, wanted.Value, now);
            Result<FlagDefinition> built = await builder.BuildAsync();
            if (!built.IsSuccess)
            {
                return built.Error;
            }

            FlagDefinition changed = built.Value;
            if (FlagChanges.AreSame(flag, changed))
            {
                return new Mutation<FlagView>(await new Views(writer).OfAsync(flag), null);
            }

            DomainError? refused = changed.IsArchived && !flag.IsArchived ? await FindDependentsAsync(writer, flag) : null;
            refused ??= await FindBrokenAsync(writer, flag, changed) ?? await KeySpace.FindConflictAsync(writer, changed);
            if (refused is not null)
            {
                return refused;
            }

            Dictionary<Guid, LayerDefinition> layersBefore = await LayersOfAsync(writer, flag);
            Dictionary<Guid, LayerDefinition> layersAfter = await LayersOfAsync(writer, changed);
            foreach (LayerDefinition layer in builder.ChangedLayers)
            {
                layersAfter[layer.Id] = layer;
            }

            decimal reassigned = Reassignments.ShareOf(
                flag, changed, id => layersBefore.GetValueOrDefault(id), id => layersAfter.GetValueOrDefault(id), now);
            if (reassigned > 0)
            {
                writer.NoteReassigned(id, reassigned);
            }

            FlagDefinition stored = (await writer.UpdateAsync(changed with { UpdatedAt = now }))!;
            await StoreLayersAsync(writer, builder, now);
            bool isLive = (!flag.IsArchived || !stored.IsArchived) && FlagChanges.IsLivePartChanged(flag, stored);
            return new Mutation<FlagView>(
                await new Views(writer).OfAsync(stored),
                isLive ? await writer.RequestPublishIfAutoAsync(flag.EnvironmentId) : null,
                reassigned > 0 ? reassigned : null);
        });
    }

    private static async ValueTask<Dictionary<Guid, LayerDefinition>> LayersOfAsync(IStoreReader reader, FlagDefinition flag)
    {
        Dictionary<Guid, LayerDefinition> layers = [];
        foreach (Guid id in flag.Rules.Select(static rule => rule.Split?.Weights.LayerId).OfType<Guid>().Distinct())
        {
            layers.Add(id, (await reader.FindAsync<LayerDefinition>(id))!);
        }

        return layers;
    }

    private static FlagDefinition Empty(FlagInput input, DateTimeOffset now) => new()
    {
        Id = Guid.NewGuid(),
        EnvironmentId = input.EnvironmentId,
        Key = input.Key,
        Name = input.Key,
        Type = input.Type,
        CreatedAt = now,
        UpdatedAt = now,
    };

    private static async ValueTask StoreLayersAsync(IStoreWriter writer, FlagBuilder builder, DateTimeOffset now)
    {
        foreach (LayerDefinition layer in builder.ChangedLayers.ToArray())
        {
            await writer.UpdateAsync(layer with { UpdatedAt = now });
        }
    }

    /// <summary>A variant that others ask for must not go.</summary>
    private static async ValueTask<DomainError?> FindBrokenAsync(IStoreReader reader, FlagDefinition before, FlagDefinition after)
    {
        HashSet<string> removed = before.Variants.Select(static variant => variant.Key).ToHashSet(StringComparer.Ordinal);
        removed.ExceptWith(after.Variants.Select(static variant => variant.Key));
        if (removed.Count == 0)
        {
            return null;
        }

        IEnumerable<(string Key, IEnumerable<PrerequisiteDefinition> Prerequisites)> dependents =
        [
            .. (await reader.GetFlagsNamingAsync(before.EnvironmentId, before.Key))
                .Select(static flag => (flag.Key, flag.Rules.SelectMany(static rule => rule.Prerequisites))),
            .. (await reader.GetExperimentsNamingAsync(before.EnvironmentId, before.Key))
                .Select(static experiment => (experiment.Key, experiment.Prerequisites.AsEnumerable())),
        ];
        foreach ((string key, IEnumerable<PrerequisiteDefinition> prerequisites) in dependents)
        {
            if (prerequisites.Where(one => one.FlagKey == before.Key).SelectMany(static one => one.Variants).FirstOrDefault(removed.Contains) is { } variant)
            {
                return new DomainError(
                    DomainErrorCode.Conflict, $"Variant \"{variant}\" is a prerequisite of \"{key}\"; change that first.");
            }
        }

        return null;
    }

    private static async ValueTask<DomainError?> FindDependentsAsync(IStoreReader reader, FlagDefinition flag)
    {
        string[] dependents =
        [
            .. (await reader.GetFlagsNamingAsync(flag.EnvironmentId, flag.Key)).Where(static one => !one.IsArchived).Select(static one => one.Key),
            .. (await reader.GetExperimentsNamingAsync(flag.EnvironmentId, flag.Key))
                .Where(static one => one.Status != ExperimentStatus.Archived).Select(static one => one.Key),
        ];
        return dependents.Length == 0 ? null : new DomainError(
            DomainErrorCode.Conflict,
            $"Flag \"{flag.Key}\" is a prerequisite of {string.Join(", ", dependents.Select(static key => $"\"{key}\""))}; change those first.");
    }
}
