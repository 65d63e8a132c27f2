using Experiments.Client.Targeting;
using Experiments.Control.Definitions;
using Experiments.Control.Operations;
using Experiments.Control.Splits;

namespace Experiments.Control.Transfer;

/// <summary>Parts of entries as definitions and inputs.</summary>
internal static class EntryParts
{
    private const int MaxSaltLength = 256;

    public static Coverage CoverageOf(decimal share) => Coverage.FromBuckets((int)(share * BucketRange.BucketCount));

    public static ScheduleDefinition? ScheduleOf(ScheduleEntry? schedule) =>
        schedule is null ? null : new ScheduleDefinition { From = schedule.From, Until = schedule.Until };

    public static IReadOnlyList<PrerequisiteDefinition> PrerequisitesOf(IReadOnlyList<PrerequisiteEntry>? prerequisites) =>
        [.. (prerequisites ?? []).Select(static one => new PrerequisiteDefinition { FlagKey = one.Flag, Variants = one.Variants })];

    public static IReadOnlyList<OverrideInput> OverridesOf(IReadOnlyList<OverrideEntry>? overrides) =>
        [.. (overrides ?? []).Select(static one => new OverrideInput(one.UserKey, one.Variant))];

    public static SplitInput InputOf(SplitEntry split, Guid? layerId) => new()
    {
        Weights = [.. split.Weights.Select(static weight => new WeightInput(weight.Key, weight.Value))],
        Coverage = CoverageOf(split.Coverage),
        Ramp = [.. (split.Ramp ?? []).Select(static step => new RampStepInput(step.At, CoverageOf(step.Coverage)))],
        LayerId = layerId,
        Unit = split.Unit,
    };

    /// <summary>The split as if it were stored; variants that are not there are left out.</summary>
    /// <param name="path">Of the split.</param>
    /// <param name="split">As given.</param>
    /// <param name="variantIds">By key.</param>
    /// <param name="layerId">Of its layer.</param>
    public static SplitDefinition SplitOf(string path, SplitEntry split, Dictionary<string, Guid> variantIds, Guid? layerId) => new()
    {
        Weights = [.. variantIds.Where(variant => split.Weights.ContainsKey(variant.Key))
            .Select(variant => new WeightDefinition { VariantId = variant.Value, Weight = split.Weights[variant.Key] })],
        Coverage = CoverageOf(split.Coverage).Buckets,
        Ramp = [.. (split.Ramp ?? []).Select(static step => new RampStepDefinition { At = step.At, Coverage = CoverageOf(step.Coverage).Buckets })],
        LayerId = layerId,
        Entered = [.. SetOf($"{path}.entered", split.Entered ?? []).ToRanges()
            .Select(static range => new BucketRangeDefinition { RangeStart = range.Start, RangeEnd = range.Last })],
    };

    /// <summary>The stored rules where the given ones are the same but for their form.</summary>
    public static TargetingRuleDocument[] KeepSame(TargetingRuleDocument[]? stored, TargetingRuleDocument[]? given)
    {
        TargetingRuleDocument[] rules = given ?? [];
        return stored is not null && stored.Length == rules.Length && DocumentJson.AreSame(
            new AudienceEntry("", stored), new AudienceEntry("", rules), TransferJsonContext.Compact.AudienceEntry)
            ? stored
            : rules;
    }

    /// <summary>Of those that are there, the ones that stay as they are keep their ids.</summary>
    /// <exception cref="TransferRefusedException">A variant is unknown, or ranges are outside or overlap.</exception>
    public static AllocationDefinition[] AllocationsOf(
        string path, IReadOnlyList<AllocationEntry> entries, Func<string, Guid?> variantOf, IReadOnlyList<AllocationDefinition> stored)
    {
        ILookup<(Guid, int, int), AllocationDefinition> existing = stored.ToLookup(static one => (one.VariantId, one.RangeStart, one.RangeEnd));
        List<AllocationDefinition> allocations = new(entries.Count);
        foreach (AllocationEntry entry in entries)
        {
            string at = $"{path}[{allocations.Count}]";
            CheckRange(at, entry.RangeStart, entry.RangeEnd);
            Guid variantId = variantOf(entry.Variant)
                ?? throw TransferRefusedException.Invalid($"{at}.variant", $"names variant \"{entry.Variant}\", which is not there");
            allocations.Add(existing[(variantId, entry.RangeStart, entry.RangeEnd)].FirstOrDefault() ?? new AllocationDefinition
            {
                Id = Guid.NewGuid(),
                VariantId = variantId,
                RangeStart = entry.RangeStart,
                RangeEnd = entry.RangeEnd,
            });
        }

        AllocationDefinition[] sorted = [.. allocations.OrderBy(static one => one.RangeStart)];
        for (int i = 1; i < sorted.Length; i++)
        {
            if (sorted[i - 1].RangeEnd >= sorted[i].RangeStart)
            {
                throw TransferRefusedException.Invalid(
                    path, $"has ranges that overlap: {sorted[i - 1].RangeStart}..{sorted[i - 1].RangeEnd} and {sorted[i].RangeStart}..{sorted[i].RangeEnd}");
            }
        }

        return sorted;
    }

    /// <summary>Derived ranges that are stored already keep their ids, whatever ranges the document came with.</summary>
    public static IReadOnlyList<AllocationDefinition> KeepIds(IReadOnlyList<AllocationDefinition> derived, IReadOnlyList<AllocationDefinition>? stored)
    {
        ILookup<(Guid, int, int), Guid> ids = (stored ?? []).ToLookup(static one => (one.VariantId, one.RangeStart, one.RangeEnd), static one => one.Id);
        return [.. derived.Select(one => ids[(one.VariantId, one.RangeStart, one.RangeEnd)].FirstOrDefault() is var id && id != Guid.Empty
            ? one with { Id = id }
            : one)];
    }

    public static BucketSet SetOf(string path, IReadOnlyList<RangeEntry> ranges)
    {
        for (int i = 0; i < ranges.Count; i++)
        {
            CheckRange($"{path}[{i}]", ranges[i].RangeStart, ranges[i].RangeEnd);
        }

        return BucketSet.From(ranges.Select(static range => BucketRange.Inclusive(range.RangeStart, range.RangeEnd)));
    }

    public static void CheckSalt(string path, string? salt)
    {
        if (salt is { Length: 0 or > MaxSaltLength })
        {
            throw TransferRefusedException.Invalid($"{path}.salt", $"must be 1 to {MaxSaltLength} characters");
        }
    }

    /// <summary>Each name once.</summary>
    public static Dictionary<string, string> PathsOf<T>(string list, IReadOnlyList<T>? entries, string member, Func<T, string> nameOf)
    {
        var paths = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((int index, T entry) in (entries ?? []).Index())
        {
            string name = nameOf(entry);
            if (!paths.TryAdd(name, $"{list}[{index}]"))
            {
                throw TransferRefusedException.Invalid($"{list}[{index}].{member}", $"\"{name}\" is there twice; it is {paths[name]} too");
            }
        }

        return paths;
    }

    private static void CheckRange(string path, int start, int end)
    {
        if (start < 0 || end > AllocationRules.MaxBucket || start > end)
        {
            throw TransferRefusedException.Invalid(path, $"must lie within 0..{AllocationRules.MaxBucket} and not end before it starts");
        }
    }
}
