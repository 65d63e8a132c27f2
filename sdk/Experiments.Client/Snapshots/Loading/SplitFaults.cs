using System.Text.Json;

namespace Experiments.Client.Snapshots.Loading;

/// <summary>Faults in what a rule serves.</summary>
internal sealed class SplitFaults(FaultLog log, PredicateFaults predicates)
{
    public void CheckServe(JsonElement serve, FaultPath path)
    {
        if (serve.ValueKind != JsonValueKind.Object)
        {
            if (serve.ValueKind is not (JsonValueKind.String or JsonValueKind.Null))
            {
                log.Add(path, $"{FaultLog.Describe(serve.ValueKind)} where the key of a variant, null, a split or an error must be");
            }
        }
        else if (FaultLog.TryGet(serve, "error", out _))
        {
            log.OnlyMembers(serve, path, "error");
            log.EachWord(serve, path, "error", isRequired: true, PredicateFaults.ErrorNames);
        }
        else
        {
            CheckSplit(serve, path);
        }
    }

    private void CheckSplit(JsonElement split, FaultPath path)
    {
        log.OnlyMembers(split, path, "hash", "ranges", "if", "sticky", "miss");
        log.EachText(split, path, "hash", isRequired: true);
        log.Last(split, path, "ranges", isRequired: true, (ranges, at) => log.Items(ranges, at, CheckRange));
        log.Last(split, path, "if", isRequired: false, predicates.Check);
        log.Last(split, path, "sticky", isRequired: false, CheckSticky);
        log.EachWord(split, path, "miss", isRequired: false, "next", "stop");
    }

    private void CheckRange(JsonElement range, FaultPath path)
    {
        if (!log.Check(range, path, JsonValueKind.Object))
        {
            return;
        }

        log.Each(range, path, "start", isRequired: true, log.Bound);
        log.Each(range, path, "end", isRequired: true, log.Bound);
        log.Each(range, path, "variant", isRequired: true, log.VariantKey);
        log.EachBoolean(range, path, "through");
        log.EachBoolean(range, path, "track");
    }

    private void CheckSticky(JsonElement sticky, FaultPath path)
    {
        if (!log.Check(sticky, path, JsonValueKind.Object))
        {
            return;
        }

        log.EachText(sticky, path, "key", isRequired: true);
        log.Each(sticky, path, "version", isRequired: false, (version, at) => log.Integer(version, at, long.MinValue, long.MaxValue));
        log.Each(sticky, path, "min", isRequired: false, (min, at) => log.Integer(min, at, long.MinValue, long.MaxValue));
        log.Last(sticky, path, "min", isRequired: false, CheckMin);
        log.Each(sticky, path, "keys", isRequired: false, (keys, at) => log.Check(keys, at, JsonValueKind.Object));
    }

    private void CheckMin(JsonElement min, FaultPath path)
    {
        if (min.ValueKind == JsonValueKind.Number && WholeNumberConverter.TryRead(min, out long number) && number > LoadLimits.StickyMin)
        {
            log.Add(path, $"{FaultLog.Shown(min)} is more than {LoadLimits.StickyMin}");
        }
    }
}
