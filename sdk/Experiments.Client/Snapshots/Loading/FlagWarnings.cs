using System.Text.Json;
using Experiments.Client.Json;

namespace Experiments.Client.Snapshots.Loading;

/// <summary>Flags, without faults, that name what there is not, or have what nobody can reach.</summary>
internal sealed class FlagWarnings(FaultLog log, SnapshotNames names, ConditionWarnings conditions, CycleWarnings cycles)
{
    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);
    private HashSet<string> _variants = [];

    public void Check(JsonElement flag, FaultPath path)
    {
        string key = SnapshotNames.TextOf(flag, "key")!;
        if (!_keys.Add(key))
        {
            log.Add(path.Member("key"), $"a flag before it has the key \"{key}\" too: this one is never asked");
            return;
        }

        _variants = names.FindFlag(key)!;
        cycles.Enter(isFlag: true, key, path);
        log.Last(flag, path, "off", isRequired: false, CheckVariant);
        log.Last(flag, path, "default", isRequired: false, CheckVariant);
        log.Last(flag, path, "rules", isRequired: false, (rules, at) => log.Items(rules, at, CheckRule));
    }

    private void CheckRule(JsonElement rule, FaultPath path)
    {
        log.Last(rule, path, "if", isRequired: false, conditions.Check);
        log.Last(rule, path, "serve", isRequired: false, (serve, at) =>
        {
            if (serve.ValueKind != JsonValueKind.Object)
            {
                CheckVariant(serve, at);
            }
            else if (FaultLog.TryGet(serve, "hash", out _))
            {
                CheckSplit(serve, at);
            }
        });
    }

    private void CheckVariant(JsonElement variant, FaultPath path)
    {
        if (variant.ValueKind == JsonValueKind.String && !_variants.Contains(JsonText.Read(variant)))
        {
            log.Add(path, $"the flag has no variant \"{JsonText.Read(variant)}\": the caller's fallback is served");
        }
    }

    private void CheckSplit(JsonElement split, FaultPath path)
    {
        UInt128? bucketCount = conditions.CheckHash(split, path);
        log.Last(split, path, "if", isRequired: false, conditions.Check);
        List<(UInt128 Start, UInt128 End, int Index)> ranges = [];
        log.Last(split, path, "ranges", isRequired: false, (list, at) => log.Items(list, at, (range, item) =>
        {
            FaultLog.TryGet(range, "start", out JsonElement startBound);
            FaultLog.TryGet(range, "end", out JsonElement endBound);
            UInt128 start = SnapshotNames.BoundOf(startBound);
            UInt128 end = SnapshotNames.BoundOf(endBound);
            conditions.CheckRange(start, end, bucketCount, item);
            log.Last(range, item, "variant", isRequired: false, CheckVariant);
            if (start < end)
            {
                ranges.Add((start, end, ranges.Count));
            }
        }));
        CheckOverlap(ranges, path.Member("ranges"));
        log.Last(split, path, "sticky", isRequired: false, (sticky, at) => log.Last(sticky, at, "keys", isRequired: false, CheckKeys));
    }

    private void CheckOverlap(List<(UInt128 Start, UInt128 End, int Index)> ranges, FaultPath path)
    {
        ranges.Sort();
        for (int i = 1; i < ranges.Count; i++)
        {
            if (ranges[i].Start < ranges[i - 1].End)
            {
                log.Add(path, $"ranges overlap at {ranges[i].Start}: of these the first one counts");
                return;
            }
        }
    }

    private void CheckKeys(JsonElement keys, FaultPath path) => log.Members(keys, path, (variant, at) =>
    {
        if (variant.ValueKind != JsonValueKind.String)
        {
            log.Add(at, $"{FaultLog.Describe(variant.ValueKind)} where the key of a variant must be: the entry is not there");
        }
        else if (!_variants.Contains(JsonText.Read(variant)))
        {
            log.Add(at, $"the flag has no variant \"{JsonText.Read(variant)}\": the entry is not there");
        }
    });
}
