using System.Runtime.InteropServices;
using System.Text.Json;
using Experiments.Client.Bucketing;
using Experiments.Client.Json;
using Experiments.Client.Targeting;

namespace Experiments.Client.Snapshots.Loading;

/// <summary>Reads one experiment and compiles it to the same form as a flag: targeting, then a split.</summary>
internal sealed class ExperimentParser(SnapshotParts parts)
{
    private readonly VariantIds _variantIds = new();
    private readonly List<BucketRange> _ranges = [];
    private readonly List<int> _outcomeByVariant = [];
    private int _firstVariant;

    /// <summary>Reads the object that the reader stands on.</summary>
    public ParsedExperiment Parse(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8Json, long version)
    {
        JsonTokens.Expect(in reader, JsonTokenType.StartObject);
        int start = (int)reader.TokenStartIndex;
        parts.Predicates.Clear();
        _firstVariant = parts.Variants.Count;
        _variantIds.Clear();
        var members = default(ExperimentMembers);
        int audience = Predicate.None;
        int targeting = Predicate.None;
        while (JsonTokens.NextMember(ref reader))
        {
            if (JsonTokens.Is(in reader, "audienceRules"u8))
            {
                audience = ParseRules(ref reader);
            }
            else if (JsonTokens.Is(in reader, "targetingRules"u8))
            {
                targeting = ParseRules(ref reader);
            }
            else if (JsonTokens.Is(in reader, "variants"u8))
            {
                members.HasVariants = true;
                ParseVariants(ref reader, utf8Json);
            }
            else
            {
                members.Read(ref reader);
            }
        }

        if (audience == Predicate.None || targeting == Predicate.None || !members.IsComplete)
        {
            JsonTokens.Refuse("an experiment lacks a member");
        }

        DecisionOrigin origin = parts.VariantReader.CreateOrigin(members.Key!, members.Id, version, utf8Json);
        ParsedExperiment parsed = Emit(ref members, origin, audience, targeting, utf8Json);
        parsed.Compiled.Fingerprint = Fingerprint.Of(utf8Json[start..(int)reader.BytesConsumed]);
        return parsed;
    }

    private ParsedExperiment Emit(
        ref ExperimentMembers members, DecisionOrigin origin, int audience, int targeting, ReadOnlySpan<byte> utf8Json)
    {
        CodeEmitter code = parts.Code;
        code.Tracker.Begin(isExperiment: true);
        int missed = parts.Outcomes.Add(new Decision(origin, DecisionReason.Default));
        int missedLabel = code.EndLabel(missed);
        int split = code.NewLabel();
        int targeted = code.NewLabel();
        int entry = code.Emit(audience, targeted, missedLabel);
        code.Alias(targeted, code.Emit(targeting, split, missedLabel));
        code.Alias(split, EmitSplit(ref members, origin, utf8Json, missedLabel, out int hash));
        int place = code.TargetOf(entry);
        code.Resolve();
        return new ParsedExperiment
        {
            FlagKey = members.FlagKey,
            HasOddFlag = members.HasOddFlag,
            Missed = missed,
            Compiled = new CompiledFlag
            {
                Origin = origin,
                Entry = place,
                EarlyHash = hash,
                NeedsWorkspace = code.Tracker.NeedsWorkspace,
                FirstFault = code.Tracker.CanFault ? parts.Outcomes.AddFaults(origin) : 0,
                TakesOverride = true,
                FirstVariant = _firstVariant,
                VariantCount = parts.Variants.Count - _firstVariant,
                Rules = [],
            },
        };
    }

    private int EmitSplit(
        ref ExperimentMembers members, DecisionOrigin origin, ReadOnlySpan<byte> utf8Json, int missedLabel, out int hash)
    {
        CollectionsMarshal.SetCount(_outcomeByVariant, parts.Variants.Count - _firstVariant);
        CollectionsMarshal.AsSpan(_outcomeByVariant).Clear();
        _ranges.Clear();
        int unknown = 0;
        ref Utf8JsonReader allocations = ref members.Allocations;
        JsonTokens.Expect(in allocations, JsonTokenType.StartArray);
        while (JsonTokens.NextElement(ref allocations))
        {
            AddAllocation(ref allocations, origin, utf8Json, ref unknown);
        }

        hash = parts.Hashes.AddSalt(members.Salt, utf8Json);
        if (_ranges is [{ Start: var first, End: var end, Label: var everyone }] && first == 0 && end == BucketSpace.ExperimentCount)
        {
            // Every bucket leads to one variant, so none has to be computed.
            hash = CompiledHash.NoHash;
            return everyone;
        }

        int table = parts.Ranges.Add(
            hash, BucketSpace.ExperimentCount, CollectionsMarshal.AsSpan(_ranges), missedLabel);
        return parts.Code.Emit(new Instruction
        {
            Operation = Operation.Range,
            Slot = hash,
            Operand = table,
            OnTrue = missedLabel,
            OnFalse = missedLabel,
        });
    }

    private void AddAllocation(ref Utf8JsonReader reader, DecisionOrigin origin, ReadOnlySpan<byte> utf8Json, ref int unknown)
    {
        JsonTokens.Expect(in reader, JsonTokenType.StartObject);
        int variant = -1;
        bool hasVariant = false;
        double start = double.NaN;
        double end = double.NaN;
        while (JsonTokens.NextMember(ref reader))
        {
            if (JsonTokens.Is(in reader, "variantId"u8))
            {
                hasVariant = true;
                variant = _variantIds.Find(JsonTokens.ReadToken(ref reader), utf8Json);
            }
            else if (JsonTokens.Is(in reader, "rangeStart"u8))
            {
                start = JsonTokens.ReadNumber(ref reader);
            }
            else if (JsonTokens.Is(in reader, "rangeEnd"u8))
            {
                end = JsonTokens.ReadNumber(ref reader);
            }
            else
            {
                JsonTokens.Skip(ref reader);
            }
        }

        if (!hasVariant || double.IsNaN(start) || double.IsNaN(end))
        {
            JsonTokens.Refuse("an allocation lacks a member");
        }

        // Both ends are inclusive; any number is a bound.
        _ranges.Add(new BucketRange(
            (UInt128)Math.Clamp(Math.Ceiling(start), 0, BucketSpace.ExperimentCount),
            (UInt128)Math.Clamp(Math.Floor(end) + 1, 0, BucketSpace.ExperimentCount),
            parts.Code.EndLabel(OutcomeOf(variant, origin, ref unknown))));
    }

    /// <summary>An allocation whose variant is unknown keeps its place, for nobody.</summary>
    private int OutcomeOf(int variant, DecisionOrigin origin, ref int unknown)
    {
        if (variant < 0)
        {
            return unknown != 0 ? unknown : unknown = AddOutcome(null, origin);
        }

        if (_outcomeByVariant[variant] == 0)
        {
            _outcomeByVariant[variant] = AddOutcome(parts.Variants[_firstVariant + variant], origin);
        }

        return _outcomeByVariant[variant];
    }

    private int AddOutcome(DecisionVariant? variant, DecisionOrigin origin) =>
        parts.Outcomes.Add(new Decision(origin, DecisionReason.Split)
        {
            Variant = variant,
            IsFromSplit = true,
        });

    /// <summary>Rules are ORed, their conditions ANDed; no rules hold for everyone, and so does a rule without conditions.</summary>
    private int ParseRules(ref Utf8JsonReader reader)
    {
        reader.Read();
        JsonTokens.Expect(in reader, JsonTokenType.StartArray);
        int first = Predicate.None;
        int last = Predicate.None;
        while (JsonTokens.NextElement(ref reader))
        {
            parts.Predicates.Append(ref first, ref last, ParseRule(ref reader));
        }

        return first == Predicate.None
            ? parts.Predicates.Add(PredicateKind.True)
            : parts.Predicates.Add(PredicateKind.Any, first);
    }

    private int ParseRule(ref Utf8JsonReader reader)
    {
        JsonTokens.Expect(in reader, JsonTokenType.StartObject);
        bool hasConditions = false;
        int first = Predicate.None;
        while (JsonTokens.NextMember(ref reader))
        {
            if (!JsonTokens.Is(in reader, "conditions"u8))
            {
                JsonTokens.Skip(ref reader);
                continue;
            }

            hasConditions = true;
            first = Predicate.None;
            int last = Predicate.None;
            reader.Read();
            JsonTokens.Expect(in reader, JsonTokenType.StartArray);
            while (JsonTokens.NextElement(ref reader))
            {
                parts.Predicates.Append(ref first, ref last, ParseCondition(ref reader));
            }
        }

        if (!hasConditions)
        {
            JsonTokens.Refuse("a targeting rule lacks its conditions");
        }

        return parts.Predicates.Add(PredicateKind.All, first);
    }

    private int ParseCondition(ref Utf8JsonReader reader)
    {
        JsonTokens.Expect(in reader, JsonTokenType.StartObject);
        int slot = -1;
        Operator? op = null;
        Utf8JsonReader value = default;
        bool hasValue = false;
        while (JsonTokens.NextMember(ref reader))
        {
            if (JsonTokens.Is(in reader, "attribute"u8))
            {
                reader.Read();
                JsonTokens.Expect(in reader, JsonTokenType.String);
                slot = parts.Slots.Lookup(parts.Texts.Read(in reader));
            }
            else if (JsonTokens.Is(in reader, "operator"u8))
            {
                reader.Read();
                JsonTokens.Expect(in reader, JsonTokenType.String);
                op = OperatorNames.Parse(parts.Texts.Read(in reader));
            }
            else if (JsonTokens.Is(in reader, "value"u8))
            {
                reader.Read();
                value = reader;
                hasValue = true;
                reader.Skip();
            }
            else
            {
                JsonTokens.Skip(ref reader);
            }
        }

        if (slot < 0 || op is not { } known)
        {
            JsonTokens.Refuse("a condition needs an attribute and an operator");
            return 0;
        }

        // Conditions of experiments have no "if", which the two operators on lists need.
        return known is Operator.Size or Operator.Some
            ? parts.Predicates.Add(PredicateKind.False)
            : parts.Conditions.Compile(known, slot, hasValue, value, ignoresCase: false);
    }

    private void ParseVariants(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8Json)
    {
        // Of a member that is there twice the last one counts.
        parts.Variants.RemoveRange(_firstVariant, parts.Variants.Count - _firstVariant);
        _variantIds.Clear();
        reader.Read();
        JsonTokens.Expect(in reader, JsonTokenType.StartArray);
        while (JsonTokens.NextElement(ref reader))
        {
            parts.Variants.Add(ParseVariant(ref reader, utf8Json));
        }
    }

    private DecisionVariant ParseVariant(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8Json)
    {
        JsonTokens.Expect(in reader, JsonTokenType.StartObject);
        TextToken? id = null;
        string? key = null;
        VariantPayload payload = default;
        while (JsonTokens.NextMember(ref reader))
        {
            if (JsonTokens.Is(in reader, "id"u8))
            {
                id = JsonTokens.ReadToken(ref reader);
            }
            else if (JsonTokens.Is(in reader, "key"u8))
            {
                reader.Read();
                JsonTokens.Expect(in reader, JsonTokenType.String);
                key = parts.Texts.ReadPooled(in reader);
            }
            else if (JsonTokens.Is(in reader, "payload"u8))
            {
                reader.Read();
                payload = VariantPayload.Read(ref reader);
            }
            else
            {
                JsonTokens.Skip(ref reader);
            }
        }

        if (id is null || key is null)
        {
            JsonTokens.Refuse("a variant lacks a member");
        }

        _variantIds.Add(id!.Value);
        return parts.VariantReader.Create(key!, id, payload, utf8Json);
    }
}
