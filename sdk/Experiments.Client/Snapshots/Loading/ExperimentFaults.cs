using System.Text.Json;

namespace Experiments.Client.Snapshots.Loading;

/// <summary>Faults of <c>experiments</c>.</summary>
internal sealed class ExperimentFaults(FaultLog log)
{
    public void Check(JsonElement experiment, FaultPath path)
    {
        if (!log.Check(experiment, path, JsonValueKind.Object))
        {
            return;
        }

        log.EachText(experiment, path, "id", isRequired: true);
        log.EachText(experiment, path, "key", isRequired: true);
        log.EachText(experiment, path, "salt", isRequired: true);
        log.Each(experiment, path, "audienceRules", isRequired: true, (rules, at) => log.Items(rules, at, CheckRule));
        log.Each(experiment, path, "targetingRules", isRequired: true, (rules, at) => log.Items(rules, at, CheckRule));
        log.Each(experiment, path, "variants", isRequired: true, (variants, at) => log.Items(variants, at, CheckVariant));
        log.Last(experiment, path, "allocations", isRequired: true, (allocations, at) => log.Items(allocations, at, CheckAllocation));
    }

    /// <summary>Where the format is 2.</summary>
    public void CheckFlagName(JsonElement experiment, FaultPath path)
    {
        if (experiment.ValueKind == JsonValueKind.Object)
        {
            log.Last(experiment, path, "flag", isRequired: false, (flag, at) => log.Check(flag, at, JsonValueKind.String));
        }
    }

    private void CheckRule(JsonElement rule, FaultPath path)
    {
        if (log.Check(rule, path, JsonValueKind.Object))
        {
            log.Each(rule, path, "conditions", isRequired: true, (conditions, at) => log.Items(conditions, at, CheckCondition));
        }
    }

    private void CheckCondition(JsonElement condition, FaultPath path)
    {
        if (log.Check(condition, path, JsonValueKind.Object))
        {
            log.EachText(condition, path, "attribute", isRequired: true);
            log.EachText(condition, path, "operator", isRequired: true);
        }
    }

    private void CheckVariant(JsonElement variant, FaultPath path)
    {
        if (log.Check(variant, path, JsonValueKind.Object))
        {
            log.EachText(variant, path, "id", isRequired: true);
            log.EachText(variant, path, "key", isRequired: true);
        }
    }

    private void CheckAllocation(JsonElement allocation, FaultPath path)
    {
        if (log.Check(allocation, path, JsonValueKind.Object))
        {
            log.EachText(allocation, path, "variantId", isRequired: true);
            log.EachOf(allocation, path, "rangeStart", isRequired: true, JsonValueKind.Number);
            log.EachOf(allocation, path, "rangeEnd", isRequired: true, JsonValueKind.Number);
        }
    }
}
