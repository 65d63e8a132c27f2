using System.Text.Json;
using Experiments.Client.Json;

namespace Experiments.Client.Snapshots.Loading;

/// <summary>Faults of the conditions of format 2. Conditions within others wait in a list: no depth of them takes the thread's stack.</summary>
internal sealed class PredicateFaults(FaultLog log)
{
    private readonly Stack<Pending> _pending = [];
    private readonly List<Pending> _found = [];
    private int _depth;
    private int _nestedDepth;

    /// <summary>The faults that data may name.</summary>
    public static string[] ErrorNames => ["MALFORMED", "GENERAL", "PARSE_ERROR", "UNMAPPED"];

    public void Check(JsonElement predicate, FaultPath path)
    {
        _pending.Push(new Pending(predicate, path, 1, 0));
        while (!log.IsFull && _pending.TryPop(out Pending next))
        {
            (_depth, _nestedDepth) = (next.Depth, next.NestedDepth);
            CheckOne(next.Predicate, next.Path);

            // In the order of the document.
            for (int i = _found.Count - 1; i >= 0; i--)
            {
                _pending.Push(_found[i]);
            }

            _found.Clear();
        }

        _pending.Clear();
    }

    private void CheckOne(JsonElement predicate, FaultPath path)
    {
        if (_nestedDepth > LoadLimits.NestedDepth)
        {
            log.Add(path, $"conditions on elements are nested deeper than {LoadLimits.NestedDepth}");
        }
        else if (IsConstant(predicate))
        {
            return;
        }
        else if (predicate.ValueKind != JsonValueKind.Object)
        {
            log.Add(path, $"{FaultLog.Describe(predicate.ValueKind)} where an object or a boolean must be");
        }
        else if (_depth > LoadLimits.ConditionDepth)
        {
            log.Add(path, $"conditions are nested deeper than {LoadLimits.ConditionDepth}");
        }
        else
        {
            CheckObject(predicate, path);
        }
    }

    private void Inner(JsonElement predicate, FaultPath path)
    {
        if (!IsConstant(predicate))
        {
            _found.Add(new Pending(predicate, path, _depth + 1, _nestedDepth));
        }
    }

    private static bool IsConstant(JsonElement predicate) => predicate.ValueKind is JsonValueKind.True or JsonValueKind.False;

    private void Nested(JsonElement predicate, FaultPath path) => _found.Add(new Pending(predicate, path, _depth + 1, _nestedDepth + 1));

    private void CheckObject(JsonElement predicate, FaultPath path)
    {
        bool isMixed = false;
        bool hasUnknown = false;
        PredicateShape shape = PredicateShape.None;
        foreach (JsonProperty property in predicate.EnumerateObject())
        {
            string name = JsonText.ReadName(property);
            PredicateShape own = ShapeOf(name);
            if (own == PredicateShape.None)
            {
                hasUnknown = true;
                log.Add(path.Member(name), DescribeUnknown(name));
                if (log.IsFull)
                {
                    return;
                }

                continue;
            }

            isMixed |= shape != PredicateShape.None && own != shape;
            shape = own;
        }

        if (isMixed)
        {
            log.Add(path, "a condition mixes members of different kinds");
        }
        else if (shape == PredicateShape.None && !hasUnknown)
        {
            log.Add(path, "a condition without a member says nothing");
        }
        else
        {
            CheckShape(shape, predicate, path);
        }
    }

    private void CheckShape(PredicateShape shape, JsonElement predicate, FaultPath path)
    {
        switch (shape)
        {
            case PredicateShape.All:
                log.Each(predicate, path, "all", isRequired: true, (list, at) => log.Items(list, at, Inner));
                break;
            case PredicateShape.Any:
                log.Each(predicate, path, "any", isRequired: true, (list, at) => log.Items(list, at, Inner));
                break;
            case PredicateShape.Not:
                log.Each(predicate, path, "not", isRequired: true, Inner);
                break;
            case PredicateShape.Audience:
                log.EachText(predicate, path, "audience", isRequired: true);
                break;
            case PredicateShape.Fault:
                log.EachWord(predicate, path, "error", isRequired: true, ErrorNames);
                break;
            case PredicateShape.Condition:
                CheckCondition(predicate, path);
                break;
            case PredicateShape.Bucket:
                log.EachText(predicate, path, "hash", isRequired: true);
                log.Last(predicate, path, "ranges", isRequired: true, (ranges, at) => log.Items(ranges, at, CheckRange));
                break;
            case PredicateShape.Flag:
                log.EachText(predicate, path, "flag", isRequired: true);
                log.Last(predicate, path, "variants", isRequired: true, (variants, at) => log.Items(variants, at, log.VariantKey));
                break;
            case PredicateShape.Window:
                log.EachText(predicate, path, "after", isRequired: false);
                log.EachText(predicate, path, "before", isRequired: false);
                break;
        }
    }

    private void CheckCondition(JsonElement condition, FaultPath path)
    {
        log.Last(condition, path, "attribute", isRequired: true, (attribute, at) => AttributeFaults.Check(log, attribute, at));
        log.EachText(condition, path, "operator", isRequired: true);
        log.EachBoolean(condition, path, "ignoreCase");
        log.Last(condition, path, "if", isRequired: false, Nested);
    }

    private void CheckRange(JsonElement range, FaultPath path)
    {
        const int Bounds = 2;
        log.Items(range, path, log.Bound);
        if (range.ValueKind == JsonValueKind.Array && range.GetArrayLength() != Bounds)
        {
            log.Add(path, $"{range.GetArrayLength()} bounds where there must be 2");
        }
    }

    private static PredicateShape ShapeOf(string name) => name switch
    {
        "all" => PredicateShape.All,
        "any" => PredicateShape.Any,
        "not" => PredicateShape.Not,
        "audience" => PredicateShape.Audience,
        "error" => PredicateShape.Fault,
        "attribute" or "operator" or "value" or "ignoreCase" or "if" => PredicateShape.Condition,
        "hash" or "ranges" => PredicateShape.Bucket,
        "flag" or "variants" => PredicateShape.Flag,
        "after" or "before" => PredicateShape.Window,
        _ => PredicateShape.None,
    };

    private static string DescribeUnknown(string name) => name is "wrap" or "nulls" or "afterExclusive" or "beforeInclusive"
        ? "reserved: this reader refuses it"
        : "a member that this reader does not know there";

    private readonly record struct Pending(JsonElement Predicate, FaultPath Path, int Depth, int NestedDepth);
}
