using System.Runtime.InteropServices;
using System.Text.Json;
using Experiments.Control.Definitions;
using Experiments.Control.Storage;
using Json.Schema;

namespace Experiments.Control.Operations;

/// <summary>A flag with a change applied, or why the change makes no sense. Fields are named as requests name them.</summary>
internal sealed class FlagBuilder(IStoreReader reader, FlagDefinition flag, FlagChange change, DateTimeOffset now)
{
    public const int MaxVariants = 100;
    public const int MaxRules = 1_000;
    public const int MaxOverrides = 10_000;
    public const int MaxUserKeyLength = 1_024;
    public const int MaxValueBytes = 64 * 1024;

    /// <summary>Of one flag together: a flag is one document, and the embedded store takes 16 MB for one.</summary>
    public const int MaxTotalValueBytes = 4 * 1024 * 1024;

    private readonly LayerBook _layers = new(reader);

    /// <summary>Layers of which rules hold something else than before; to be stored with the flag.</summary>
    public IEnumerable<LayerDefinition> ChangedLayers => _layers.Changed;

    public async ValueTask<Result<FlagDefinition>> BuildAsync()
    {
        if ((CheckFixed() ?? CheckTexts()) is { } error)
        {
            return error;
        }

        FlagDefinition built = flag with
        {
            Name = change.Name.Or(flag.Name)!,
            Description = change.Description.Or(flag.Description),
            Schema = change.Schema.Or(flag.Schema),
            Tags = change.Tags.IsPresent ? TagNames.Sort(change.Tags.Value!) : flag.Tags,
            IsEnabled = change.Enabled.Or(flag.IsEnabled),
            IsArchived = change.Archived.Or(flag.IsArchived),
            Variants = change.Variants.IsPresent ? VariantsOf(change.Variants.Value!) : flag.Variants,
        };
        error = CheckVariants(built) ?? Serve(ref built, "off", change.Off, static (one, id) => one with { OffVariantId = id })
            ?? Serve(ref built, "default", change.Default, static (one, id) => one with { DefaultVariantId = id }) ?? Override(ref built);
        if (error is not null)
        {
            return error;
        }

        Result<FlagDefinition> ruled = await WithRulesAsync(built);
        if (!ruled.IsSuccess)
        {
            return ruled;
        }

        await ReleaseIfArchivedAsync(ruled.Value);
        return (CheckReferences(ruled.Value) ?? await ServedVariants.FindFaultAsync(reader, ruled.Value)) is { } left ? left : ruled;
    }

    /// <summary>Callers who send back the whole flag that they were answered change nothing by it.</summary>
    private DomainError? CheckFixed() =>
        change.Key.Or(flag.Key) != flag.Key ? Errors.Invalid("key", "cannot be changed: callers ask for the flag by it; copy the flag instead")
        : change.Type.Or(flag.Type) != flag.Type ? Errors.Invalid("type", "cannot be changed: callers read the value by it; make another flag instead")
        : null;

    private DomainError? CheckTexts()
    {
        if (change.Name.IsPresent && DefinitionNames.CheckName(change.Name.Value!) is { } nameFault)
        {
            return Errors.Invalid("name", nameFault);
        }

        if (DefinitionNames.CheckDescription(change.Description.Value) is { } descriptionFault)
        {
            return Errors.Invalid("description", descriptionFault);
        }

        return change.Tags.IsPresent && TagNames.Check(change.Tags.Value!) is { } tagFault ? Errors.Invalid("tags", tagFault) : null;
    }

    private IReadOnlyList<FlagVariantDefinition> VariantsOf(IReadOnlyList<FlagVariantInput> inputs) =>
    [
        .. inputs.Select(input => new FlagVariantDefinition
        {
            Id = flag.Variants.FirstOrDefault(variant => variant.Key == input.Key)?.Id ?? Guid.NewGuid(),
            Key = input.Key,
            Name = input.Name,
            Value = input.Value,
        }),
    ];

    private DomainError? CheckVariants(FlagDefinition built)
    {
        if (!change.Variants.IsPresent && !change.Schema.IsPresent)
        {
            return null;
        }

        if (built.Variants.Count > MaxVariants)
        {
            return Errors.Invalid("variants", $"must be at most {MaxVariants}");
        }

        string? schemaFault = null;
        JsonSchema? schema = built.Schema is { } json ? FlagValues.Read(json, out schemaFault) : null;
        if (schemaFault is not null)
        {
            return Errors.Invalid("schema", schemaFault);
        }

        HashSet<string> keys = new(StringComparer.Ordinal);
        long total = 0;
        for (int i = 0; i < built.Variants.Count; i++)
        {
            FlagVariantDefinition variant = built.Variants[i];
            int bytes = JsonMarshal.GetRawUtf8Value(variant.Value).Length;
            total += bytes;
            (string Member, string? Fault) fault = (".key", DefinitionNames.CheckKey(variant.Key));
            if (fault.Fault is null && !keys.Add(variant.Key))
            {
                fault = (".key", $"\"{variant.Key}\" is there twice");
            }

            if (fault.Fault is null)
            {
                fault = (".name", variant.Name is { } name ? DefinitionNames.CheckName(name) : null);
            }

            if (fault.Fault is null)
            {
                fault = (".value", FlagValues.Check(built.Type, variant.Value) ?? (schema is null ? null : FlagValues.Check(schema, variant.Value)));
            }

            if (fault.Fault is not null)
            {
                return Errors.Invalid($"variants[{i}]{fault.Member}", fault.Fault);
            }

            if (bytes > MaxValueBytes)
            {
                return new DomainError(DomainErrorCode.TooLarge, $"variants[{i}].value is {bytes} bytes of JSON; at most {MaxValueBytes} are allowed.");
            }
        }

        return total <= MaxTotalValueBytes ? null : new DomainError(
            DomainErrorCode.TooLarge, $"The values of the flag's variants would be {total} bytes of JSON together; at most {MaxTotalValueBytes} are allowed.");
    }

    private static DomainError? Serve(
        ref FlagDefinition built, string member, Optional<string> key, Func<FlagDefinition, Guid?, FlagDefinition> with)
    {
        if (!key.IsPresent)
        {
            return null;
        }

        if (key.Value is null)
        {
            built = with(built, null);
            return null;
        }

        if (IdOf(built, key.Value) is not { } id)
        {
            return Errors.Invalid(member, $"names variant \"{key.Value}\", which the flag does not have");
        }

        built = with(built, id);
        return null;
    }

    private DomainError? Override(ref FlagDefinition built)
    {
        if (!change.Overrides.IsPresent)
        {
            return null;
        }

        Result<IReadOnlyList<OverrideDefinition>> overrides = Build(change.Overrides.Value!, built.Variants.ToDictionary(
            static variant => variant.Key, static variant => variant.Id, StringComparer.Ordinal));
        if (!overrides.IsSuccess)
        {
            return overrides.Error;
        }

        built = built with { Overrides = overrides.Value };
        return null;
    }

    /// <param name="inputs">As given.</param>
    /// <param name="variants">Ids by the names that <paramref name="inputs"/> use.</param>
    public static Result<IReadOnlyList<OverrideDefinition>> Build(IReadOnlyList<OverrideInput> inputs, Dictionary<string, Guid> variants)
    {
        if (inputs.Count > MaxOverrides)
        {
            return Errors.Invalid("overrides", $"must be at most {MaxOverrides}");
        }

        List<OverrideDefinition> overrides = new(inputs.Count);
        HashSet<string> users = new(StringComparer.Ordinal);
        foreach ((string userKey, string variant) in inputs)
        {
            string path = $"overrides[{overrides.Count}]";
            if (userKey.Length is 0 or > MaxUserKeyLength)
            {
                return Errors.Invalid($"{path}.userKey", $"must be 1 to {MaxUserKeyLength} characters");
            }

            if (!users.Add(userKey))
            {
                return Errors.Invalid($"{path}.userKey", $"\"{userKey}\" is there twice");
            }

            if (!variants.TryGetValue(variant, out Guid id))
            {
                return Errors.Invalid($"{path}.variant", $"names variant \"{variant}\", which is not there");
            }

            overrides.Add(new OverrideDefinition { UserKey = userKey, VariantId = id });
        }

        return overrides;
    }

    private async ValueTask<Result<FlagDefinition>> WithRulesAsync(FlagDefinition built)
    {
        // What a flag named may have gone while it was archived.
        bool isBack = flag.IsArchived && !built.IsArchived;
        if (!change.Rules.IsPresent && !isBack)
        {
            return built;
        }

        IReadOnlyList<FlagRuleInput> inputs = change.Rules.IsPresent ? change.Rules.Value! : [.. FlagInputs.RulesOf(flag)];
        if (inputs.Count > MaxRules)
        {
            return Errors.Invalid("rules", $"must be at most {MaxRules}");
        }

        Dictionary<Guid, FlagRuleDefinition> existing = flag.Rules.ToDictionary(static rule => rule.Id);
        var rules = new FlagRuleBuilder(reader, built, _layers, now);
        List<FlagRuleDefinition> made = new(inputs.Count);
        foreach (FlagRuleInput input in inputs)
        {
            string path = $"rules[{made.Count}]";
            FlagRuleDefinition? former = null;
            if (input.Id is { } id && !existing.Remove(id, out former))
            {
                return Errors.Invalid($"{path}.id", $"names no rule of the flag, or one that is there twice: {id}");
            }

            Result<FlagRuleDefinition> rule = await rules.BuildAsync(path, input, former);
            if (!rule.IsSuccess)
            {
                return rule.Error;
            }

            made.Add(rule.Value);
        }

        foreach (FlagRuleDefinition removed in existing.Values)
        {
            await _layers.ReleaseAsync(removed.Split?.Weights.LayerId, removed.Id);
        }

        return built with { Rules = made };
    }

    /// <summary>What is archived leaves its part of layers to others.</summary>
    private async ValueTask ReleaseIfArchivedAsync(FlagDefinition built)
    {
        foreach (FlagRuleDefinition rule in built.IsArchived ? built.Rules : [])
        {
            await _layers.ReleaseAsync(rule.Split?.Weights.LayerId, rule.Id);
        }
    }

    /// <summary>A variant that is left out must not be named any more.</summary>
    private static DomainError? CheckReferences(FlagDefinition built)
    {
        HashSet<Guid> ids = [.. built.Variants.Select(static variant => variant.Id)];
        bool IsGone(Guid? id) => id is { } named && !ids.Contains(named);
        string? user = IsGone(built.OffVariantId) ? "off"
            : IsGone(built.DefaultVariantId) ? "default"
            : built.Overrides.Any(one => IsGone(one.VariantId)) ? "an override"
            : null;
        for (int i = 0; user is null && i < built.Rules.Count; i++)
        {
            FlagRuleDefinition rule = built.Rules[i];
            if (IsGone(rule.VariantId)
                || (rule.Split is { } split
                    && (split.Allocations.Any(allocation => IsGone(allocation.VariantId)) || split.Weights.Weights.Any(weight => IsGone(weight.VariantId)))))
            {
                user = $"rules[{i}]";
            }
        }

        return user is null ? null : new DomainError(
            DomainErrorCode.NotAllowed, $"{user} serves a variant that the flag would not have any more; change that first, or in the same request.");
    }

    private static Guid? IdOf(FlagDefinition built, string key) => built.Variants.FirstOrDefault(variant => variant.Key == key)?.Id;
}
