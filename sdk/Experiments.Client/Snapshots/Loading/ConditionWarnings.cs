using System.Text.Json;
using Experiments.Client.Json;
using Experiments.Client.Targeting.Text;

namespace Experiments.Client.Snapshots.Loading;

/// <summary>Conditions of format 2, without faults, that never hold or end in a fault.</summary>
internal sealed class ConditionWarnings(FaultLog log, SnapshotNames names, CycleWarnings cycles)
{
    private readonly Stack<(JsonElement Condition, FaultPath Path)> _pending = [];

    public void Check(JsonElement condition, FaultPath path)
    {
        _pending.Push((condition, path));
        while (!log.IsFull && _pending.TryPop(out (JsonElement Condition, FaultPath Path) next))
        {
            if (next.Condition.ValueKind == JsonValueKind.Object)
            {
                CheckOne(next.Condition, next.Path);
            }
        }

        _pending.Clear();
    }

    /// <summary>The number of buckets; null, and a warning, where there is no such hash.</summary>
    public UInt128? CheckHash(JsonElement owner, FaultPath path)
    {
        string name = SnapshotNames.TextOf(owner, "hash")!;
        if (names.TryFindHash(name, out UInt128 bucketCount))
        {
            return bucketCount;
        }

        log.Add(path.Member("hash"), $"there is no hash \"{name}\": ends in the fault MALFORMED");
        return null;
    }

    public void CheckRange(UInt128 start, UInt128 end, UInt128? bucketCount, FaultPath path)
    {
        if (start >= end)
        {
            log.Add(path, "a range without buckets holds nobody");
        }
        else if (bucketCount is { } count && end > count)
        {
            log.Add(path, $"the range ends at {end}, but the hash has {count} buckets");
        }
    }

    private void CheckOne(JsonElement condition, FaultPath path)
    {
        foreach (JsonProperty member in condition.EnumerateObject())
        {
            switch (JsonText.ReadName(member))
            {
                case "all" or "any":
                    Push(member, path);
                    return;
                case "not":
                    _pending.Push((member.Value, path.Member("not")));
                    return;
                case "audience":
                    CheckAudience(JsonText.Read(member.Value), path);
                    return;
                case "operator":
                    CheckOperator(condition, path);
                    return;
                case "hash":
                    CheckBucket(condition, path);
                    return;
                case "flag":
                    CheckFlag(condition, path);
                    return;
                case "after" or "before":
                    CheckWindow(condition, path);
                    return;
            }
        }
    }

    private void Push(JsonProperty list, FaultPath path)
    {
        FaultPath owner = path.Member(JsonText.ReadName(list));
        int index = list.Value.GetArrayLength();
        foreach (JsonElement item in list.Value.EnumerateArray().Reverse())
        {
            _pending.Push((item, owner.Item(--index)));
        }
    }

    private void CheckAudience(string name, FaultPath path)
    {
        cycles.Ask(isFlag: false, name);
        if (!names.HasAudience(name))
        {
            log.Add(path.Member("audience"), $"there is no audience \"{name}\": ends in the fault MALFORMED");
        }
    }

    private void CheckOperator(JsonElement condition, FaultPath path)
    {
        bool hasValue = FaultLog.TryGet(condition, "value", out JsonElement value);
        bool hasIf = FaultLog.TryGet(condition, "if", out JsonElement nested);
        bool ignoresCase = FaultLog.TryGet(condition, "ignoreCase", out JsonElement choice) && choice.ValueKind == JsonValueKind.True;
        OperandWarnings.Check(log, path, SnapshotNames.TextOf(condition, "operator")!, hasValue ? value : null, hasIf, ignoresCase);
        if (hasIf)
        {
            _pending.Push((nested, path.Member("if")));
        }
    }

    private void CheckBucket(JsonElement condition, FaultPath path)
    {
        UInt128? bucketCount = CheckHash(condition, path);
        FaultLog.TryGet(condition, "ranges", out JsonElement ranges);
        log.Items(ranges, path.Member("ranges"), (range, at) =>
            CheckRange(SnapshotNames.BoundOf(range[0]), SnapshotNames.BoundOf(range[1]), bucketCount, at));
    }

    private void CheckFlag(JsonElement condition, FaultPath path)
    {
        string key = SnapshotNames.TextOf(condition, "flag")!;
        cycles.Ask(isFlag: true, key);
        if (names.FindFlag(key) is not { } variants)
        {
            log.Add(path.Member("flag"), $"there is no flag \"{key}\": it serves no variant");
            return;
        }

        FaultLog.TryGet(condition, "variants", out JsonElement list);
        log.Items(list, path.Member("variants"), (variant, at) =>
        {
            if (variant.ValueKind == JsonValueKind.String && !variants.Contains(JsonText.Read(variant)))
            {
                log.Add(at, $"the flag \"{key}\" has no variant \"{JsonText.Read(variant)}\"");
            }
        });
    }

    private void CheckWindow(JsonElement condition, FaultPath path)
    {
        Instant after = CheckTime(condition, "after", path);
        Instant before = CheckTime(condition, "before", path);
        if (after != Instant.None && before != Instant.None && !(after < before))
        {
            log.Add(path, "the time ends before it starts: holds never");
        }
    }

    private Instant CheckTime(JsonElement condition, string name, FaultPath path)
    {
        if (SnapshotNames.TextOf(condition, name) is not { } text)
        {
            return Instant.None;
        }

        if (!Timestamp.TryParse(text, out Instant instant))
        {
            log.Add(path.Member(name), $"\"{text}\" is no time as RFC 3339 writes it: ends in the fault MALFORMED");
        }

        return instant;
    }
}
