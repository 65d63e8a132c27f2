using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Experiments.Client.Json;
using Experiments.Client.Targeting;

namespace Experiments.Client.Snapshots.Loading;

/// <summary>Compiles a split: is its unit there; does a sticky entry answer; does its own condition hold; which range holds the bucket.</summary>
internal sealed class SplitParser(SnapshotParts parts)
{
    private readonly List<BucketRange> _ranges = [];
    private int _unresolvedSticky;

    /// <param name="scope">The flag.</param>
    /// <param name="members">Of the split.</param>
    /// <param name="rule">What its decisions share.</param>
    /// <param name="reason">Of its decisions.</param>
    /// <param name="next">The label of the next rule.</param>
    /// <param name="miss">Where users go whom the split does not take.</param>
    public int Emit(FlagScope scope, ref SplitMembers members, DecisionOrigin rule, DecisionReason reason, int next, int miss)
    {
        if (members.HashName is null || !members.HasRanges)
        {
            JsonTokens.Refuse("a split needs a hash and ranges");
        }

        int hash = parts.Hashes.Find(members.HashName!);
        var outcomes = new SplitOutcomes(scope, rule, reason, parts.Code);
        int range = parts.Code.NewLabel();
        int entry = range;
        if (members.HasSticky || members.HasIf)
        {
            int afterUnit = parts.Code.NewLabel();
            entry = parts.Code.Emit(new Instruction { Operation = Operation.HasUnit, Slot = hash, OnTrue = afterUnit, OnFalse = miss });
            int afterSticky = afterUnit;
            if (members.HasSticky)
            {
                afterSticky = parts.Code.NewLabel();
                parts.Code.Alias(afterUnit, EmitSticky(ref members.Sticky, outcomes, afterSticky, miss));
            }

            parts.Code.Alias(
                afterSticky,
                members.HasIf ? parts.Code.Emit(parts.PredicateParser.Parse(ref members.If), range, miss) : range);
        }

        ReadRanges(ref members.Ranges, outcomes, next);
        int table = parts.Ranges.Add(hash, parts.Hashes.BucketCountOf(hash), CollectionsMarshal.AsSpan(_ranges), miss);
        parts.Code.Alias(range, parts.Code.Emit(new Instruction
        {
            Operation = Operation.Range,
            Slot = hash,
            Operand = table,
            OnTrue = next,
            OnFalse = miss,
        }));
        return entry;
    }

    /// <summary>Puts places for the labels of sticky rules that were added since.</summary>
    public void Resolve()
    {
        for (; _unresolvedSticky < parts.StickyRules.Count; _unresolvedSticky++)
        {
            Dictionary<string, int> targets = parts.StickyRules[_unresolvedSticky].Targets;
            foreach (string value in targets.Keys.ToArray())
            {
                targets[value] = parts.Code.TargetOf(targets[value]);
            }
        }
    }

    private void ReadRanges(ref Utf8JsonReader reader, SplitOutcomes outcomes, int next)
    {
        _ranges.Clear();
        JsonTokens.Expect(in reader, JsonTokenType.StartArray);
        while (JsonTokens.NextElement(ref reader))
        {
            _ranges.Add(ReadRange(ref reader, outcomes, next));
        }
    }

    private static BucketRange ReadRange(ref Utf8JsonReader reader, SplitOutcomes outcomes, int next)
    {
        JsonTokens.Expect(in reader, JsonTokenType.StartObject);
        UInt128? start = null;
        UInt128? end = null;
        string? variant = null;
        bool hasVariant = false;
        bool goesThrough = false;
        while (JsonTokens.NextMember(ref reader))
        {
            if (JsonTokens.Is(in reader, "start"u8))
            {
                reader.Read();
                start = JsonTokens.ReadBound(ref reader);
            }
            else if (JsonTokens.Is(in reader, "end"u8))
            {
                reader.Read();
                end = JsonTokens.ReadBound(ref reader);
            }
            else if (JsonTokens.Is(in reader, "variant"u8))
            {
                reader.Read();
                variant = VariantKeys.Read(ref reader);
                hasVariant = true;
            }
            else if (JsonTokens.Is(in reader, "through"u8))
            {
                goesThrough = JsonTokens.ReadBoolean(ref reader);
            }
            else if (JsonTokens.Is(in reader, "track"u8))
            {
                // Whether an exposure is recorded: nothing is decided by it.
                JsonTokens.ReadBoolean(ref reader);
            }
            else
            {
                JsonTokens.Skip(ref reader);
            }
        }

        if (start is null || end is null || !hasVariant)
        {
            JsonTokens.Refuse("a range needs start, end and variant");
        }

        return new BucketRange(start!.Value, end!.Value, goesThrough ? next : outcomes.LabelOf(variant));
    }

    private int EmitSticky(ref Utf8JsonReader reader, SplitOutcomes outcomes, int afterSticky, int miss)
    {
        JsonTokens.Expect(in reader, JsonTokenType.StartObject);
        string? key = null;
        long version = 0;
        long min = 0;
        Dictionary<string, string?>? keys = null;
        while (JsonTokens.NextMember(ref reader))
        {
            if (JsonTokens.Is(in reader, "key"u8))
            {
                key = JsonTokens.ReadText(ref reader);
            }
            else if (JsonTokens.Is(in reader, "version"u8))
            {
                version = ReadInteger(ref reader);
            }
            else if (JsonTokens.Is(in reader, "min"u8))
            {
                min = ReadInteger(ref reader);
            }
            else if (JsonTokens.Is(in reader, "keys"u8))
            {
                keys = ReadKeys(ref reader);
            }
            else
            {
                JsonTokens.Skip(ref reader);
            }
        }

        if (key is null || min > LoadLimits.StickyMin)
        {
            JsonTokens.Refuse($"a sticky rule needs a key, and a min of at most {LoadLimits.StickyMin}");
        }

        parts.Limits.TakeStickyNames(key!.Length, Math.Max(0, min));
        if (keys is null)
        {
            parts.Limits.TakeStickyTargets(outcomes.VariantCount);
        }

        parts.StickyRules.Add(new StickyRule(
            Entry(key, version),
            [.. Enumerable.Range(0, (int)Math.Max(0, min)).Select(i => Entry(key, i))],
            outcomes.Targets(keys)));
        return parts.Code.Emit(new Instruction
        {
            Operation = Operation.Sticky,
            Operand = parts.StickyRules.Count - 1,
            OnTrue = miss,
            OnFalse = afterSticky,
        });
    }

    private static string Entry(string key, long version) => string.Create(CultureInfo.InvariantCulture, $"{key}__{version}");

    private static Dictionary<string, string?> ReadKeys(ref Utf8JsonReader reader)
    {
        reader.Read();
        JsonTokens.Expect(in reader, JsonTokenType.StartObject);
        var keys = new Dictionary<string, string?>(StringComparer.Ordinal);
        while (JsonTokens.NextMember(ref reader))
        {
            string value = JsonText.Read(ref reader);
            reader.Read();
            keys[value] = reader.TokenType == JsonTokenType.String ? JsonText.Read(ref reader) : null;
            reader.Skip();
        }

        return keys;
    }

    private static long ReadInteger(ref Utf8JsonReader reader)
    {
        reader.Read();
        JsonTokens.Expect(in reader, JsonTokenType.Number);
        if (!WholeNumberConverter.TryRead(ref reader, out long value))
        {
            JsonTokens.Refuse("version and min of a sticky rule are integers");
        }

        return value;
    }
}
