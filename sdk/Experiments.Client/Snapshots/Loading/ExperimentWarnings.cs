using System.Text.Json;
using Experiments.Client.Bucketing;
using Experiments.Client.Targeting;

namespace Experiments.Client.Snapshots.Loading;

/// <summary>Experiments, without faults, that name what there is not, or have what nobody can reach.</summary>
internal sealed class ExperimentWarnings(FaultLog log, SnapshotNames names, bool hasFlags)
{
    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);

    public void Check(JsonElement experiment, FaultPath path)
    {
        string key = SnapshotNames.TextOf(experiment, "key")!;
        if (!_keys.Add(key))
        {
            log.Add(path.Member("key"), $"an experiment before it has the key \"{key}\" too: this one is never asked");
        }

        log.Last(experiment, path, "audienceRules", isRequired: false, CheckRules);
        log.Last(experiment, path, "targetingRules", isRequired: false, CheckRules);
        FaultLog.TryGet(experiment, "variants", out JsonElement variants);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        log.Items(variants, path.Member("variants"), (variant, at) =>
        {
            string id = SnapshotNames.TextOf(variant, "id")!;
            if (!ids.Add(id))
            {
                log.Add(at.Member("id"), $"a variant before it has the id \"{id}\" too: nobody gets this one");
            }
        });
        log.Last(experiment, path, "allocations", isRequired: false, (list, at) =>
            log.Items(list, at, (allocation, item) => CheckAllocation(allocation, item, ids)));
        if (hasFlags)
        {
            CheckFlag(experiment, key, path);
        }
    }

    private void CheckFlag(JsonElement experiment, string key, FaultPath path)
    {
        string? flag = SnapshotNames.TextOf(experiment, "flag");
        if (flag != key && names.FindFlag(key) is not null)
        {
            log.Add(path.Member("key"), $"a flag has the key \"{key}\" too, and it is not the one that decides the experiment");
        }

        if (flag is null)
        {
            return;
        }

        if (names.FindFlag(flag) is null)
        {
            log.Add(path.Member("flag"), $"there is no flag \"{flag}\": assigns nobody");
        }

        if (FaultLog.TryGet(experiment, "allocations", out JsonElement allocations) && allocations.GetArrayLength() > 0)
        {
            log.Add(path.Member("allocations"), "readers of format 1 assign users by these, others by the flag: must be empty");
        }
    }

    private void CheckRules(JsonElement rules, FaultPath path) => log.Items(rules, path, (rule, at) =>
        log.Last(rule, at, "conditions", isRequired: false, (conditions, list) => log.Items(conditions, list, CheckCondition)));

    private void CheckCondition(JsonElement condition, FaultPath path)
    {
        string name = SnapshotNames.TextOf(condition, "operator")!;
        Operator op = OperatorNames.Parse(name);
        if (!hasFlags && op != Operator.Unknown && !OperatorNames.IsFormat1(op))
        {
            log.Add(path.Member("operator"), $"there is no operator \"{name}\" in format 1: holds never");
            return;
        }

        JsonElement? value = FaultLog.TryGet(condition, "value", out JsonElement operand) ? operand : null;
        OperandWarnings.Check(log, path, name, value, hasIf: false, ignoresCase: false);
    }

    private void CheckAllocation(JsonElement allocation, FaultPath path, HashSet<string> ids)
    {
        string id = SnapshotNames.TextOf(allocation, "variantId")!;
        if (!ids.Contains(id))
        {
            log.Add(path.Member("variantId"), $"there is no variant \"{id}\": assigns nobody");
        }

        FaultLog.TryGet(allocation, "rangeStart", out JsonElement start);
        FaultLog.TryGet(allocation, "rangeEnd", out JsonElement end);
        if (start.GetDouble() > end.GetDouble())
        {
            log.Add(path, "a range without buckets holds nobody");
        }
        else if (start.GetDouble() < 0 || end.GetDouble() >= BucketSpace.ExperimentCount)
        {
            log.Add(path, $"the range goes beyond 0 to {BucketSpace.ExperimentCount - 1}");
        }
    }
}
