using System.Text.Json;

namespace Experiments.Client.Snapshots.Loading;

/// <summary>Faults of <c>flags</c> and their rules.</summary>
internal sealed class FlagFaults(FaultLog log, PredicateFaults predicates)
{
    private readonly SplitFaults _splits = new(log, predicates);

    public void Check(JsonElement flag, FaultPath path)
    {
        if (!log.Check(flag, path, JsonValueKind.Object))
        {
            return;
        }

        log.EachText(flag, path, "key", isRequired: true);
        log.EachText(flag, path, "type", isRequired: false);
        log.Last(flag, path, "type", isRequired: false, CheckType);
        log.EachWord(flag, path, "dialect", isRequired: false, "core");
        log.EachBoolean(flag, path, "enabled");
        log.Each(flag, path, "off", isRequired: false, log.VariantKey);
        log.Each(flag, path, "default", isRequired: false, log.VariantKey);
        log.Last(flag, path, "variants", isRequired: true, (variants, at) => log.Check(variants, at, JsonValueKind.Object));
        log.Last(flag, path, "rules", isRequired: false, (rules, at) => log.Items(rules, at, CheckRule));
    }

    private void CheckType(JsonElement type, FaultPath path)
    {
        if (type.ValueKind == JsonValueKind.String)
        {
            log.Word(type, path, "boolean", "string", "integer", "number", "json");
        }
    }

    private void CheckRule(JsonElement rule, FaultPath path)
    {
        if (!log.Check(rule, path, JsonValueKind.Object))
        {
            return;
        }

        log.EachText(rule, path, "id", isRequired: false);
        log.EachText(rule, path, "reason", isRequired: false);
        log.Last(rule, path, "if", isRequired: false, predicates.Check);
        log.Last(rule, path, "serve", isRequired: true, _splits.CheckServe);
    }
}
