using System.Runtime.CompilerServices;
using System.Text.Json;
using Experiments.Client.Json;
using Experiments.Client.Targeting;
using Experiments.Client.Targeting.Text;

namespace Experiments.Client.Snapshots.Loading;

/// <summary>Reads a condition of format 2, or several that are joined, whatever the order of its members.</summary>
internal sealed class PredicateParser(SnapshotParts parts)
{
    private int _depth;
    private int _nestedDepth;

    private PredicateTree Tree => parts.Predicates;

    /// <summary>Reads the value that the reader stands on and answers its node.</summary>
    public int Parse(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.True:
                return Tree.Add(PredicateKind.True);
            case JsonTokenType.False:
                return Tree.Add(PredicateKind.False);
        }

        JsonTokens.Expect(in reader, JsonTokenType.StartObject);
        if (++_depth > LoadLimits.ConditionDepth)
        {
            JsonTokens.Refuse($"conditions are nested deeper than {LoadLimits.ConditionDepth}");
        }

        if (!JsonTokens.NextMember(ref reader))
        {
            JsonTokens.Refuse("a condition without a member says nothing");
        }

        PredicateShape shape = ShapeOf(in reader);
        int node = shape == PredicateShape.None ? ParseMembers(ref reader) : ParseJoined(ref reader, shape);
        _depth--;
        return node;
    }

    /// <summary>The shape that one member alone makes; none where it takes several.</summary>
    private static PredicateShape ShapeOf(ref readonly Utf8JsonReader reader)
    {
        if (JsonTokens.Is(in reader, "all"u8))
        {
            return PredicateShape.All;
        }

        if (JsonTokens.Is(in reader, "any"u8))
        {
            return PredicateShape.Any;
        }

        if (JsonTokens.Is(in reader, "not"u8))
        {
            return PredicateShape.Not;
        }

        if (JsonTokens.Is(in reader, "audience"u8))
        {
            return PredicateShape.Audience;
        }

        return JsonTokens.Is(in reader, "error"u8) ? PredicateShape.Fault : PredicateShape.None;
    }

    /// <summary>The only member there may be; of one that is there twice the last counts.</summary>
    private int ParseJoined(ref Utf8JsonReader reader, PredicateShape shape)
    {
        int node;
        do
        {
            if (ShapeOf(in reader) != shape)
            {
                JsonTokens.Refuse("a condition mixes members of different kinds");
            }

            node = ParseMember(ref reader, shape);
        }
        while (JsonTokens.NextMember(ref reader));

        return node;
    }

    private int ParseMember(ref Utf8JsonReader reader, PredicateShape shape)
    {
        switch (shape)
        {
            case PredicateShape.All:
                return ParseList(ref reader, PredicateKind.All);
            case PredicateShape.Any:
                return ParseList(ref reader, PredicateKind.Any);
            case PredicateShape.Not:
                reader.Read();
                return Tree.Not(Parse(ref reader));
            case PredicateShape.Audience:
                return Test(Operation.Audience, parts.Routines.Audience(JsonTokens.ReadText(ref reader)));
            default:
                return Tree.Add(new Predicate { Kind = PredicateKind.Fault, Operand = FaultParser.Read(ref reader) });
        }
    }

    // Not inlined: it has five readers on the stack, and what it is called from calls itself once for each level of a condition.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int ParseMembers(ref Utf8JsonReader reader)
    {
        var members = default(PredicateMembers);
        do
        {
            if (!members.TryRead(ref reader))
            {
                JsonTokens.Refuse("a condition has a member that this reader does not know there");
            }
        }
        while (JsonTokens.NextMember(ref reader));

        return members.Shape switch
        {
            PredicateShape.Condition => ParseCondition(ref members),
            PredicateShape.Bucket => ParseBucket(ref members),
            PredicateShape.Flag => ParseFlag(ref members),
            _ => ParseWindow(in members),
        };
    }

    private int ParseList(ref Utf8JsonReader reader, PredicateKind kind)
    {
        reader.Read();
        JsonTokens.Expect(in reader, JsonTokenType.StartArray);
        int first = Predicate.None;
        int last = Predicate.None;
        while (JsonTokens.NextElement(ref reader))
        {
            Tree.Append(ref first, ref last, Parse(ref reader));
        }

        return Tree.Add(kind, first);
    }

    private int ParseCondition(ref PredicateMembers members)
    {
        if (!members.HasAttribute || members.OperatorText is null)
        {
            JsonTokens.Refuse("a condition needs an attribute and an operator");
        }

        int slot = parts.Units.ReadAttribute(ref members.Attribute);
        Operator op = OperatorNames.Parse(members.OperatorText);
        if (op is Operator.Size or Operator.Some)
        {
            return members.HasIf ? ParseNested(op, slot, ref members.If) : Tree.Add(PredicateKind.False);
        }

        if (members.HasIf)
        {
            // Only the two above have one; it is checked and says nothing.
            ParseIf(ref members.If);
        }

        return parts.Conditions.Compile(op, slot, members.HasValue, members.Value, members.IgnoresCase);
    }

    private int ParseNested(Operator op, int slot, ref Utf8JsonReader condition)
    {
        List<int>? outer = parts.Units.ElementSlots;
        parts.Units.ElementSlots = [];
        int node = ParseIf(ref condition);
        int entry = parts.Code.Emit(
            node, parts.Code.EndLabel(Ending.True), parts.Code.EndLabel(Ending.False));
        int operand = parts.Operands.Add(new NestedCondition(entry, [.. parts.Units.ElementSlots]));
        parts.Units.ElementSlots = outer;
        return Tree.Add(new Predicate
        {
            Kind = PredicateKind.Test,
            Operation = op == Operator.Size ? Operation.Size : Operation.Some,
            Operator = op,
            Slot = slot,
            Operand = operand,
        });
    }

    private int ParseIf(ref Utf8JsonReader condition)
    {
        if (++_nestedDepth > LoadLimits.NestedDepth)
        {
            JsonTokens.Refuse($"conditions on elements are nested deeper than {LoadLimits.NestedDepth}");
        }

        int node = Parse(ref condition);
        _nestedDepth--;
        return node;
    }

    private int ParseBucket(ref PredicateMembers members)
    {
        if (members.HashName is null || !members.HasRanges)
        {
            JsonTokens.Refuse("a bucket condition needs a hash and ranges");
        }

        int first = Tree.Ranges.Count;
        ref Utf8JsonReader ranges = ref members.Ranges;
        JsonTokens.Expect(in ranges, JsonTokenType.StartArray);
        while (JsonTokens.NextElement(ref ranges))
        {
            JsonTokens.Expect(in ranges, JsonTokenType.StartArray);
            ranges.Read();
            UInt128 start = JsonTokens.ReadBound(ref ranges);
            ranges.Read();
            UInt128 end = JsonTokens.ReadBound(ref ranges);
            ranges.Read();
            JsonTokens.Expect(in ranges, JsonTokenType.EndArray);
            Tree.Ranges.Add((start, end));
        }

        return Tree.Add(new Predicate
        {
            Kind = PredicateKind.Bucket,
            Operand = parts.Hashes.Find(members.HashName!),
            FirstRange = first,
            RangeCount = Tree.Ranges.Count - first,
        });
    }

    private int ParseFlag(ref PredicateMembers members)
    {
        if (members.FlagKey is null || !members.HasVariants)
        {
            JsonTokens.Refuse("a prerequisite needs a flag and variants");
        }

        List<string?> variants = [];
        ref Utf8JsonReader list = ref members.Variants;
        JsonTokens.Expect(in list, JsonTokenType.StartArray);
        while (JsonTokens.NextElement(ref list))
        {
            variants.Add(VariantKeys.Read(ref list));
        }

        return Test(Operation.Prerequisite, parts.Routines.Prerequisite(members.FlagKey!, [.. variants]));
    }

    private int ParseWindow(ref readonly PredicateMembers members)
    {
        if (members.After == Instant.None || members.Before == Instant.None)
        {
            return Tree.Add(new Predicate { Kind = PredicateKind.Fault, Operand = Ending.Malformed });
        }

        // [after, before): not yet before the one, still before the other.
        int first = Predicate.None;
        int last = Predicate.None;
        if (members.HasAfter)
        {
            Tree.Append(ref first, ref last, Tree.Not(Test(Operation.NowBefore, parts.Operands.Add(members.After))));
        }

        if (members.HasBefore)
        {
            Tree.Append(ref first, ref last, Test(Operation.NowBefore, parts.Operands.Add(members.Before)));
        }

        return Tree.Add(PredicateKind.All, first);
    }

    private int Test(Operation operation, int operand) =>
        Tree.Add(new Predicate { Kind = PredicateKind.Test, Operation = operation, Operand = operand });
}
