using System.Numerics;
using System.Text.Json;

namespace Experiments.Client.Tests.Reference;

/// <summary>One decision: the flag or experiment and everything that it depends on. A fault is thrown.</summary>
internal sealed partial class ReferenceEvaluation(
    ReferenceSnapshot snapshot,
    string userKey,
    JsonElement context,
    DateTimeOffset now,
    IReadOnlyDictionary<string, string?> overrides,
    IReadOnlyDictionary<string, string> sticky,
    Action<string>? observe)
{
    private readonly List<string> _flagsBeingDecided = [];

    private enum SplitEnd
    {
        Answered,
        Missed,
        WentThrough,
    }

    public ReferenceDecision DecideFlag(string key)
    {
        if (snapshot.Flag(key) is not { } flag)
        {
            return new ReferenceDecision("FLAG_NOT_FOUND");
        }

        if (_flagsBeingDecided.Contains(key))
        {
            throw new ReferenceFaultException(ReferenceFaultException.Cycle);
        }

        if (!RawJson.BooleanMember(flag, "enabled", true))
        {
            return Answer(flag, RawJson.TextMember(flag, "off"), "DISABLED");
        }

        if (overrides.TryGetValue(key, out string? overriding))
        {
            return Answer(flag, overriding, "OVERRIDE");
        }

        _flagsBeingDecided.Add(key);
        ReferenceDecision decision = DecideByRules(flag) ?? Answer(flag, RawJson.TextMember(flag, "default"), "DEFAULT");
        _flagsBeingDecided.Remove(key);
        return decision;
    }

    /// <summary>Null where no rule answers.</summary>
    private ReferenceDecision? DecideByRules(JsonElement flag)
    {
        foreach (JsonElement rule in RawJson.Items(RawJson.Member(flag, "rules")))
        {
            JsonElement? condition = RawJson.Member(rule, "if");
            if (condition is { } tested && !Holds(tested, element: null))
            {
                continue;
            }

            JsonElement serve = RawJson.Member(rule, "serve")!.Value;
            if (RawJson.Member(serve, "error") is not null)
            {
                throw new ReferenceFaultException(RawJson.TextMember(serve, "error")!);
            }

            if (!RawJson.IsObject(serve))
            {
                string? served = RawJson.IsString(serve) ? RawJson.Text(serve) : null;
                return Answer(flag, served, condition is null ? "STATIC" : "TARGETING_MATCH", rule);
            }

            (SplitEnd end, string? variantKey) = Split(flag, serve);
            if (end == SplitEnd.Answered)
            {
                return Answer(flag, variantKey, "SPLIT", rule) with { IsFromSplit = true };
            }

            if (end == SplitEnd.Missed && RawJson.TextMember(serve, "miss") == "stop")
            {
                observe?.Invoke("miss stop");
                return null;
            }
        }

        return null;
    }

    private (SplitEnd End, string? VariantKey) Split(JsonElement flag, JsonElement split)
    {
        if (Bucket(RawJson.TextMember(split, "hash")!) is not { } bucket)
        {
            observe?.Invoke("split without bucket");
            return (SplitEnd.Missed, null);
        }

        if (RawJson.Member(split, "sticky") is { } entry)
        {
            if (HasOutdatedEntry(entry))
            {
                observe?.Invoke("sticky outdated");
                return (SplitEnd.Missed, null);
            }

            if (StickyVariant(flag, entry) is { } remembered)
            {
                observe?.Invoke("sticky hit");
                return (SplitEnd.Answered, remembered);
            }
        }

        if (RawJson.Member(split, "if") is { } entryCondition && !Holds(entryCondition, element: null))
        {
            observe?.Invoke("split if missed");
            return (SplitEnd.Missed, null);
        }

        foreach (JsonElement range in RawJson.Items(RawJson.Member(split, "ranges")))
        {
            if (IsWithin(bucket, RawJson.Member(range, "start")!.Value, RawJson.Member(range, "end")!.Value))
            {
                bool isThrough = RawJson.BooleanMember(range, "through", false);
                observe?.Invoke(isThrough ? "through" : "range hit");
                return (isThrough ? SplitEnd.WentThrough : SplitEnd.Answered, RawJson.TextMember(range, "variant"));
            }
        }

        observe?.Invoke("no range");
        return (SplitEnd.Missed, null);
    }

    private bool HasOutdatedEntry(JsonElement entry)
    {
        string key = RawJson.TextMember(entry, "key")!;
        BigInteger min = RawJson.IntegerMember(entry, "min", 0);
        for (BigInteger i = 0; i < min; i++)
        {
            if (sticky.ContainsKey($"{key}__{i}"))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Null where there is no entry or it names no variant of the flag.</summary>
    private string? StickyVariant(JsonElement flag, JsonElement entry)
    {
        string name = $"{RawJson.TextMember(entry, "key")}__{RawJson.IntegerMember(entry, "version", 0)}";
        if (!sticky.TryGetValue(name, out string? remembered))
        {
            return null;
        }

        string? variantKey = RawJson.Member(entry, "keys") is { } keys ? RawJson.TextMember(keys, remembered) : remembered;
        if (variantKey is null || VariantValue(flag, variantKey) is null)
        {
            observe?.Invoke("sticky unknown");
            return null;
        }

        return variantKey;
    }

    /// <summary>A variant that the flag does not have is null, with the reason it would have had.</summary>
    private static ReferenceDecision Answer(JsonElement flag, string? variantKey, string reason, JsonElement? rule = null)
    {
        JsonElement? payload = variantKey is null ? null : VariantValue(flag, variantKey);
        return new ReferenceDecision(
            rule is { } named ? RawJson.TextMember(named, "reason") ?? reason : reason,
            payload is null ? null : variantKey,
            PayloadJson: payload?.GetRawText(),
            RuleId: rule is { } identified ? RawJson.TextMember(identified, "id") : null);
    }

    private static JsonElement? VariantValue(JsonElement flag, string variantKey) =>
        RawJson.Member(flag, "variants") is { } variants ? RawJson.Member(variants, variantKey) : null;

    private BigInteger? Bucket(string hashName) =>
        snapshot.Hash(hashName) is { } hash
            ? new ReferenceHash(userKey, context, observe).Bucket(hash)
            : throw new ReferenceFaultException(ReferenceFaultException.Malformed);

    private static bool IsWithin(BigInteger bucket, JsonElement start, JsonElement end) =>
        RawJson.Integer(start) <= bucket && bucket < RawJson.Integer(end);
}
