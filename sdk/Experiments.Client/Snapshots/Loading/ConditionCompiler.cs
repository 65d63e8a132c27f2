using System.Text.Json;
using Experiments.Client.Json;
using Experiments.Client.Targeting;
using Experiments.Client.Targeting.Text;

namespace Experiments.Client.Snapshots.Loading;

/// <summary>Turns an operator with its operand into one test. An operand that the operator cannot use makes a test that never holds:
/// readers fail closed.</summary>
internal sealed class ConditionCompiler(PredicateTree predicates, AttributeIndex attributes, OperandPools operands, TokenText texts, LoadLimits limits)
{
    // Operands of a longer list are not worth a place among the interned texts.
    private const int FewOperands = ScalarSet.LinearLimit;

    /// <param name="op">The operator.</param>
    /// <param name="slot">Of the attribute.</param>
    /// <param name="hasValue">Whether there is an operand, which is not the same as null.</param>
    /// <param name="value">Stands on the operand.</param>
    /// <param name="ignoresCase">Counts where the operator has a choice.</param>
    public int Compile(Operator op, int slot, bool hasValue, Utf8JsonReader value, bool ignoresCase) => op switch
    {
        Operator.Equal => Equal(op, slot, hasValue, ref value),
        Operator.NotEqual => predicates.Not(Equal(op, slot, hasValue, ref value)),
        Operator.In or Operator.NotIn => In(op, slot, hasValue, ref value, ignoresCase),
        Operator.Greater => Number(op, Operation.Greater, slot, hasValue, ref value),
        Operator.GreaterOrEqual => Number(op, Operation.GreaterOrEqual, slot, hasValue, ref value),
        Operator.Less => Number(op, Operation.Less, slot, hasValue, ref value),
        Operator.LessOrEqual => Number(op, Operation.LessOrEqual, slot, hasValue, ref value),
        Operator.Before => Time(op, Operation.Before, slot, hasValue, ref value),
        Operator.After => Time(op, Operation.After, slot, hasValue, ref value),
        Operator.Exists => Exists(op, slot, hasValue, ref value),
        Operator.Kind => Kind(op, slot, hasValue, ref value),
        _ => hasValue && TextTestOf(op, ref value, ignoresCase) is { } test
            ? Test(op, Operation.Text, slot, operands.Add(test))
            : Never(),
    };

    private int Equal(Operator op, int slot, bool hasValue, ref Utf8JsonReader value)
    {
        int scalar = hasValue ? ReadScalar(slot, isRare: false, ref value) : Scalar.Missing;
        return scalar == Scalar.Unknown ? Never() : Test(op, Operation.Equal, slot, scalar);
    }

    private int In(Operator op, int slot, bool hasValue, ref Utf8JsonReader value, bool ignoresCase)
    {
        // With any other operand both are false.
        if (!hasValue || value.TokenType != JsonTokenType.StartArray)
        {
            return Never();
        }

        int test = ignoresCase ? InIgnoringCase(op, slot, ref value) : In(op, slot, ref value);
        return op == Operator.In ? test : predicates.Not(test);
    }

    private int In(Operator op, int slot, ref Utf8JsonReader value)
    {
        bool isRare = CountElements(value) > FewOperands;
        List<int> set = operands.NewSet;
        while (JsonTokens.NextElement(ref value))
        {
            int scalar = ReadScalar(slot, isRare, ref value);
            value.Skip();
            if (scalar != Scalar.Unknown)
            {
                set.Add(scalar);
            }
        }

        // Look-ups of the numbers of scalars need the index even where nothing is in it.
        attributes.ScalarsOf(slot);
        return Test(op, Operation.In, slot, operands.AddSet());
    }

    private int InIgnoringCase(Operator op, int slot, ref Utf8JsonReader value)
    {
        List<string> folded = [];
        List<Scalar> others = [];
        while (JsonTokens.NextElement(ref value))
        {
            switch (value.TokenType)
            {
                case JsonTokenType.String:
                    folded.Add(JsonText.Read(ref value));
                    break;
                case JsonTokenType.Number:
                    others.Add(new Scalar(ContextValueKind.Number, value.GetDouble(), "", 0));
                    break;
                default:
                    others.Add(Scalar.Fixed[FixedScalarOf(value.TokenType)]);
                    value.Skip();
                    break;
            }
        }

        return Test(op, Operation.InIgnoringCase, slot, operands.Add(new FoldedSet(folded, others)));
    }

    private int Number(Operator op, Operation operation, int slot, bool hasValue, ref Utf8JsonReader value) =>
        hasValue && value.TokenType == JsonTokenType.Number
            ? Test(op, operation, slot, operands.Add(value.GetDouble()))
            : Never();

    private int Time(Operator op, Operation operation, int slot, bool hasValue, ref Utf8JsonReader value)
    {
        if (hasValue && value.TokenType == JsonTokenType.Number)
        {
            return Test(op, operation, slot, operands.Add(Instant.FromUnixMs(value.GetDouble())));
        }

        return hasValue && value.TokenType == JsonTokenType.String && Timestamp.TryParse(texts.Read(in value), out Instant instant)
            ? Test(op, operation, slot, operands.Add(instant))
            : Never();
    }

    private int Exists(Operator op, int slot, bool hasValue, ref Utf8JsonReader value) =>
        hasValue && value.TokenType is JsonTokenType.True or JsonTokenType.False
            ? Test(op, Operation.Exists, slot, value.TokenType == JsonTokenType.True ? 1 : 0)
            : Never();

    private int Kind(Operator op, int slot, bool hasValue, ref Utf8JsonReader value)
    {
        if (!hasValue || value.TokenType != JsonTokenType.StartArray)
        {
            return Never();
        }

        int kinds = 0;
        while (JsonTokens.NextElement(ref value))
        {
            kinds |= value.TokenType == JsonTokenType.String ? KindsOf(texts.Read(in value)) : 0;
            value.Skip();
        }

        return Test(op, Operation.Kind, slot, kinds);
    }

    private TextTest? TextTestOf(Operator op, ref Utf8JsonReader value, bool ignoresCase)
    {
        if (op is Operator.StartsWith or Operator.EndsWith or Operator.Address)
        {
            return value.TokenType == JsonTokenType.StartArray ? ListTestOf(op, ReadTexts(ref value), ignoresCase) : null;
        }

        if (op == Operator.Unknown || value.TokenType != JsonTokenType.String)
        {
            return null;
        }

        string operand = JsonText.Read(ref value);
        return op switch
        {
            Operator.Contains => new TextTest.Contains(operand),
            Operator.Matches => PatternTestOf(operand, ignoresCase),
            _ => VersionTestOf(op, operand),
        };
    }

    private static TextTest ListTestOf(Operator op, string[] list, bool ignoresCase) => op == Operator.Address
        ? new TextTest.IsWithin(new AddressBlockSet(list), list)
        : new AffixTest(list, isAtEnd: op == Operator.EndsWith, ignoresCase);

    private TextTest.Matches? PatternTestOf(string operand, bool ignoresCase)
    {
        if (!Pattern.TryParse(operand, ignoresCase, out Pattern? pattern, out _))
        {
            return null;
        }

        limits.TakePattern(pattern.StepCount);
        return new TextTest.Matches(pattern, operand);
    }

    private static TextTest.HasVersion? VersionTestOf(Operator op, string operand)
    {
        if (!SemanticVersion.TryParse(operand, out SemanticVersion? version))
        {
            return null;
        }

        return new TextTest.HasVersion(
            version,
            operand,
            onLess: op is Operator.VersionLess or Operator.VersionLessOrEqual,
            onEqual: op is Operator.VersionEqual or Operator.VersionLessOrEqual or Operator.VersionGreaterOrEqual,
            onGreater: op is Operator.VersionGreater or Operator.VersionGreaterOrEqual);
    }

    private int ReadScalar(int slot, bool isRare, ref Utf8JsonReader value) => value.TokenType switch
    {
        JsonTokenType.String => attributes.ScalarsOf(slot).Add(texts.Read(in value), isRare, attributes.Scalars),
        JsonTokenType.Number => attributes.ScalarsOf(slot).Add(value.GetDouble(), attributes.Scalars),
        _ => ReadFixedScalar(slot, value.TokenType),
    };

    private int ReadFixedScalar(int slot, JsonTokenType token)
    {
        attributes.ScalarsOf(slot);
        return FixedScalarOf(token);
    }

    private static int FixedScalarOf(JsonTokenType token) => token switch
    {
        JsonTokenType.Null => Scalar.Null,
        JsonTokenType.True => Scalar.True,
        JsonTokenType.False => Scalar.False,
        _ => Scalar.Unknown, // An object or an array equals nothing.
    };

    private static int KindsOf(ReadOnlySpan<char> name) => name switch
    {
        "undefined" => 1 << (int)ContextValueKind.Missing,
        "null" => 1 << (int)ContextValueKind.Null,
        "boolean" => (1 << (int)ContextValueKind.True) | (1 << (int)ContextValueKind.False),
        "number" => 1 << (int)ContextValueKind.Number,
        "string" => 1 << (int)ContextValueKind.String,
        "object" => 1 << (int)ContextValueKind.Object,
        "array" => 1 << (int)ContextValueKind.Array,
        _ => 0,
    };

    private static int CountElements(Utf8JsonReader array)
    {
        int count = 0;
        while (count <= FewOperands && JsonTokens.NextElement(ref array))
        {
            array.Skip();
            count++;
        }

        return count;
    }

    private static string[] ReadTexts(ref Utf8JsonReader array)
    {
        List<string> read = [];
        while (JsonTokens.NextElement(ref array))
        {
            if (array.TokenType == JsonTokenType.String)
            {
                read.Add(JsonText.Read(ref array));
            }

            array.Skip();
        }

        return [.. read];
    }

    private int Test(Operator op, Operation operation, int slot, int operand) => predicates.Add(new Predicate
    {
        Kind = PredicateKind.Test,
        Operation = operation,
        Operator = op,
        Slot = slot,
        Operand = operand,
    });

    private int Never() => predicates.Add(PredicateKind.False);
}
