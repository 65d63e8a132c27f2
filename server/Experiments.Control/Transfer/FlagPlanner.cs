using Experiments.Control.Definitions;
using Experiments.Control.Operations;
using Experiments.Control.Storage;

namespace Experiments.Control.Transfer;

/// <summary>Plans one flag of a document.</summary>
internal sealed class FlagPlanner
{
    private readonly PlannedState _planned;
    private readonly ApplyOptions _options;
    private readonly FlagEntry _entry;
    private readonly string _path;
    private readonly DateTimeOffset _now;
    private readonly FlagDefinition? _stored;
    private readonly bool _isUnchanged;
    private readonly IReadOnlyList<FlagRuleEntry> _rules;
    private readonly FlagRuleDefinition?[] _former;
    private readonly Guid[] _ruleIds;

    public FlagPlanner(PlannedState planned, ApplyOptions options, StateExport export, FlagEntry entry, string path, DateTimeOffset now)
    {
        _planned = planned;
        _options = options;
        _entry = entry;
        _path = path;
        _now = now;
        _rules = entry.Rules ?? [];
        _stored = planned.Flags.Find(entry.Key);
        _isUnchanged = _stored is not null && DocumentJson.AreSame(export.Of(_stored), entry, TransferJsonContext.Compact.FlagEntry);
        _former = RuleMatching.Match(export, _stored, _rules);
        _ruleIds = [.. _former.Select(static rule => rule?.Id ?? Guid.NewGuid())];
    }

    /// <summary>Rules that are to hold buckets of layers.</summary>
    public IEnumerable<ClaimOwner> Owners()
    {
        // What is archived holds none.
        for (int i = 0; i < _rules.Count && _entry.Archived != true; i++)
        {
            if (_rules[i].Serve.Split is { Layer: not null } split)
            {
                string path = $"{_path}.rules[{i}].serve.split";
                yield return new ClaimOwner(path, _ruleIds[i], _entry.Key, _planned.LayerOf(path, split.Layer)!, split.Claim);
            }
        }
    }

    /// <summary>Rules that may hold some now.</summary>
    public IEnumerable<Guid> KnownOwners() => [.. _ruleIds, .. (_stored?.Rules ?? []).Select(static rule => rule.Id)];

    public async ValueTask PlanAsync()
    {
        if (_isUnchanged)
        {
            return;
        }

        CheckHead();
        FlagDefinition start = Start();
        var builder = new FlagBuilder(new PlannedReader(_planned), start, Change(start), _now);
        Result<FlagDefinition> built = await builder.BuildAsync();
        FlagDefinition wanted = TransferRefusedException.ValueOf(_path, built);
        wanted = wanted with { Rules = [.. wanted.Rules.Select(Finish)] };
        foreach (LayerDefinition layer in builder.ChangedLayers.ToArray())
        {
            _planned.Layers.Put(layer);
        }

        if (_stored is null || !DocumentJson.AreSame(_stored, wanted, StoredJsonContext.Default.FlagDefinition))
        {
            _planned.Flags.Put(wanted);
        }
    }

    private void CheckHead()
    {
        if (DefinitionNames.CheckKey(_entry.Key) is { } fault)
        {
            throw TransferRefusedException.Invalid($"{_path}.key", fault);
        }

        for (int i = 0; i < _rules.Count; i++)
        {
            EntryParts.CheckSalt($"{_path}.rules[{i}].serve.split", _rules[i].Serve.Split?.Salt);
        }
    }

    /// <summary>The flag as if it had the document's rules before: so they keep ids, salts and buckets that the document or the store names.</summary>
    private FlagDefinition Start()
    {
        FlagType type = FlagTypes.TryParse(_entry.Type, out FlagType parsed)
            ? parsed
            : throw TransferRefusedException.Invalid($"{_path}.type", $"\"{_entry.Type}\" is unknown; it must be one of {FlagTypes.AllNames}");
        if (_stored is not null && _stored.Type != type)
        {
            throw TransferRefusedException.Invalid($"{_path}.type", $"is {FlagTypes.NameOf(_stored.Type)} and cannot be changed: callers read the value by it");
        }

        Dictionary<string, Guid> stored = (_stored?.Variants ?? []).ToDictionary(static one => one.Key, static one => one.Id, StringComparer.Ordinal);
        FlagDefinition start = _stored ?? new FlagDefinition
        {
            Id = Guid.NewGuid(),
            EnvironmentId = _planned.EnvironmentId,
            Key = _entry.Key,
            Name = _entry.Name,
            Type = type,
            CreatedAt = _now,
            UpdatedAt = _now,
        };
        Dictionary<string, Guid> ids = new(StringComparer.Ordinal);
        List<FlagVariantDefinition> variants = [];
        foreach (FlagVariantEntry variant in _entry.Variants ?? [])
        {
            Guid id = stored.TryGetValue(variant.Key, out Guid present) ? present : Guid.NewGuid();
            ids[variant.Key] = id;
            variants.Add(new FlagVariantDefinition { Id = id, Key = variant.Key, Value = variant.Value });
        }

        return start with { Type = type, Variants = variants, Rules = [.. _rules.Select((rule, i) => Former(rule, i, ids))] };
    }

    private FlagRuleDefinition Former(FlagRuleEntry rule, int index, Dictionary<string, Guid> variants)
    {
        var former = new FlagRuleDefinition { Id = _ruleIds[index] };
        if (rule.Serve.Split is not { } split)
        {
            return former;
        }

        RuleSplitDefinition? stored = _former[index]?.Split;
        IReadOnlyList<AllocationDefinition> present = stored?.Allocations ?? [];
        string path = $"{_path}.rules[{index}].serve.split";
        AllocationDefinition[] given = EntryParts.AllocationsOf(
            $"{path}.allocations", split.Allocations ?? [],
            key => variants.TryGetValue(key, out Guid id) ? id : null, present);
        bool startsFromStored = split.Allocations is null || (_options.KeepsAssignments && present.Count > 0);
        string? salt = _options.KeepsAssignments ? stored?.Salt ?? split.Salt : split.Salt ?? stored?.Salt;
        return former with
        {
            Split = new RuleSplitDefinition
            {
                Salt = salt ?? Guid.NewGuid().ToString(),
                Weights = startsFromStored && stored is not null
                    ? stored.Weights
                    : EntryParts.SplitOf(path, split, variants, _planned.LayerOf(path, split.Layer)?.Id),
                Allocations = startsFromStored ? present : given,
            },
        };
    }

    private FlagChange Change(FlagDefinition start)
    {
        Dictionary<string, FlagVariantDefinition> stored = (_stored?.Variants ?? []).ToDictionary(static one => one.Key, StringComparer.Ordinal);
        return new FlagChange
        {
            Name = _entry.Name,
            Description = new(true, _entry.Description),
            Schema = new(true, _entry.Schema is { } schema ? DocumentJson.KeepSame(_stored?.Schema, schema) : null),
            Tags = new(true, _entry.Tags ?? []),
            Enabled = _entry.Enabled,
            Archived = _entry.Archived ?? false,
            Off = new(true, _entry.Off),
            Default = new(true, _entry.Default),
            Variants = new(true, [.. (_entry.Variants ?? []).Select(one => new FlagVariantInput(
                one.Key, one.Name, DocumentJson.KeepSame(stored.GetValueOrDefault(one.Key)?.Value, one.Value)))]),
            Overrides = new(true, EntryParts.OverridesOf(_entry.Overrides)),
            Rules = new(true, [.. _rules.Select((rule, i) => Input(rule, i, start.Rules[i].Id))]),
        };
    }

    private FlagRuleInput Input(FlagRuleEntry rule, int index, Guid id)
    {
        string path = $"{_path}.rules[{index}]";
        Guid? layerId = _planned.LayerOf($"{path}.serve.split", rule.Serve.Split?.Layer)?.Id;
        return new FlagRuleInput
        {
            Id = id,
            Name = rule.Name,
            AudienceId = _planned.AudienceOf(path, rule.Audience),
            TargetingRules = EntryParts.KeepSame(_former[index]?.TargetingRules, rule.TargetingRules),
            Schedule = EntryParts.ScheduleOf(rule.Schedule),
            Serve = new ServeInput(
                rule.Serve.Variant,
                ExperimentOf(path, rule.Serve.Experiment),
                rule.Serve.Split is { } split ? EntryParts.InputOf(split, layerId) : null),
        };
    }

    private Guid? ExperimentOf(string path, string? key) => key is null ? null : _planned.Experiments.Find(key)?.Id
        ?? throw TransferRefusedException.Invalid(
            $"{path}.serve.experiment", $"names experiment \"{key}\", which is neither in the document nor in the environment");

    // Prerequisites are looked at when all flags are planned.
    private FlagRuleDefinition Finish(FlagRuleDefinition rule, int index) => rule with
    {
        Prerequisites = EntryParts.PrerequisitesOf(_rules[index].Prerequisites),
        Split = rule.Split is { } split
            ? split with { Allocations = EntryParts.KeepIds(split.Allocations, _former[index]?.Split?.Allocations) }
            : null,
    };
}
