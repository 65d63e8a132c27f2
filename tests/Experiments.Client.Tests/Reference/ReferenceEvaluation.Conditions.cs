using System.Numerics;
using System.Text.Json;

namespace Experiments.Client.Tests.Reference;

internal sealed partial class ReferenceEvaluation
{
    private readonly List<string> _audiencesBeingTested = [];

    /// <param name="condition">A condition of format 2.</param>
    /// <param name="element">The length or the element, inside the <c>if</c> of size and some.</param>
    private bool Holds(JsonElement condition, JsonElement? element)
    {
        if (condition.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return condition.GetBoolean();
        }

        if (RawJson.Member(condition, "all") is { } all)
        {
            return RawJson.Items(all).All(item => Holds(item, element));
        }

        if (RawJson.Member(condition, "any") is { } any)
        {
            return RawJson.Items(any).Any(item => Holds(item, element));
        }

        if (RawJson.Member(condition, "not") is { } negated)
        {
            return !Holds(negated, element);
        }

        if (RawJson.Member(condition, "attribute") is { } attribute)
        {
            return HoldsOnAttribute(condition, AttributeLookup.Find(attribute, context, element));
        }

        if (RawJson.TextMember(condition, "flag") is { } flagKey)
        {
            return HasVariant(flagKey, RawJson.Items(RawJson.Member(condition, "variants")));
        }

        if (RawJson.TextMember(condition, "audience") is { } audience)
        {
            return IsInAudience(audience);
        }

        if (RawJson.TextMember(condition, "hash") is { } hashName)
        {
            return IsInRanges(hashName, RawJson.Items(RawJson.Member(condition, "ranges")));
        }

        if (RawJson.Member(condition, "after") is not null || RawJson.Member(condition, "before") is not null)
        {
            return IsInWindow(RawJson.Member(condition, "after"), RawJson.Member(condition, "before"));
        }

        throw new ReferenceFaultException(RawJson.TextMember(condition, "error") ?? ReferenceFaultException.Malformed);
    }

    private bool HoldsOnAttribute(JsonElement condition, JsonElement? value)
    {
        string op = RawJson.TextMember(condition, "operator")!;
        bool holds = op switch
        {
            "size" => HoldsOnSize(condition, value),
            "some" => HoldsOnSome(condition, value),
            _ => ReferenceOperators.Holds(
                op, value, RawJson.Member(condition, "value"), RawJson.BooleanMember(condition, "ignoreCase", false)),
        };
        observe?.Invoke($"{op} {holds}");
        return holds;
    }

    private bool HoldsOnSize(JsonElement condition, JsonElement? value) =>
        value is { ValueKind: JsonValueKind.Array } array && RawJson.Member(condition, "if") is { } nested
        && Holds(nested, RawJson.Number(array.GetArrayLength()));

    private bool HoldsOnSome(JsonElement condition, JsonElement? value) =>
        value is { ValueKind: JsonValueKind.Array } array && RawJson.Member(condition, "if") is { } nested
        && RawJson.Items(array).Any(item => Holds(nested, item));

    /// <summary>A flag that is not in the snapshot has variant null.</summary>
    private bool HasVariant(string flagKey, IEnumerable<JsonElement> variants)
    {
        ReferenceDecision decision = DecideFlag(flagKey);
        bool holds = variants.Any(variant => (RawJson.IsString(variant) ? RawJson.Text(variant) : null) == decision.VariantKey);
        observe?.Invoke($"prerequisite {holds}");
        return holds;
    }

    /// <summary>An audience means the same wherever it is named: what is being tested around it (the element) is not seen inside it.</summary>
    private bool IsInAudience(string name)
    {
        if (snapshot.Audience(name) is not { } audience)
        {
            throw new ReferenceFaultException(ReferenceFaultException.Malformed);
        }

        if (_audiencesBeingTested.Contains(name))
        {
            throw new ReferenceFaultException(ReferenceFaultException.Cycle);
        }

        _audiencesBeingTested.Add(name);
        bool holds = Holds(RawJson.Member(audience, "if")!.Value, element: null);
        _audiencesBeingTested.Remove(name);
        observe?.Invoke($"audience {holds}");
        return holds;
    }

    private bool IsInRanges(string hashName, IEnumerable<JsonElement> ranges)
    {
        bool holds = Bucket(hashName) is { } bucket && ranges.Any(range => IsWithin(bucket, range[0], range[1]));
        observe?.Invoke($"bucket test {holds}");
        return holds;
    }

    private bool IsInWindow(JsonElement? after, JsonElement? before)
    {
        decimal start = after is { } from ? WindowBound(from) : decimal.MinValue;
        decimal end = before is { } until ? WindowBound(until) : decimal.MaxValue;
        decimal nowUnixMs = Rfc3339.UnixMs(now);
        bool holds = start <= nowUnixMs && nowUnixMs < end;
        observe?.Invoke($"window {holds}");
        return holds;
    }

    private static decimal WindowBound(JsonElement bound) =>
        (RawJson.IsString(bound) ? Rfc3339.UnixMs(RawJson.Text(bound)) : null)
        ?? throw new ReferenceFaultException(ReferenceFaultException.Malformed);
}
