using System.Collections.Frozen;
using System.Text.Json;
using Experiments.Client.Json;

namespace Experiments.Client.Targeting;

/// <summary>A condition's operand, typed at load. A scalar is one value; the operand of <c>in</c> and <c>notIn</c> is a set of them.</summary>
internal sealed class Operand
{
    // Up to this many, comparing one after another beats hashing the value first.
    private const int LinearLimit = 8;

    private readonly string[] _texts;
    private readonly double[] _numbers;
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>>? _textSet;
    private readonly FrozenSet<double>? _numberSet;
    private readonly bool _hasNull;
    private readonly bool _hasTrue;
    private readonly bool _hasFalse;

    private Operand(ContextValueKind kind, IEnumerable<JsonElement> values)
    {
        Kind = kind;
        List<string> texts = [];
        List<double> numbers = [];
        foreach (JsonElement value in values)
        {
            switch (value.ValueKind)
            {
                case JsonValueKind.String: texts.Add(JsonText.Read(value)); break;
                case JsonValueKind.Number: numbers.Add(value.GetDouble()); break;
                case JsonValueKind.Null: _hasNull = true; break;
                case JsonValueKind.True: _hasTrue = true; break;
                case JsonValueKind.False: _hasFalse = true; break;
                default: break; // An object or an array equals nothing.
            }
        }

        _texts = [.. texts];
        _numbers = [.. numbers];
        Text = texts.Count > 0 ? texts[0] : "";
        Number = numbers.Count > 0 ? numbers[0] : 0;
        if (_texts.Length > LinearLimit)
        {
            _textSet = _texts.ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        }

        if (_numbers.Length > LinearLimit)
        {
            _numberSet = _numbers.ToFrozenSet();
        }
    }

    /// <summary><see cref="ContextValueKind.Missing"/> for an absent operand.</summary>
    public ContextValueKind Kind { get; }

    public string Text { get; }

    public double Number { get; }

    public static Operand From(JsonElement value) => value.ValueKind == JsonValueKind.Array
        ? new Operand(ContextValueKind.Array, value.EnumerateArray())
        : new Operand(KindOf(value.ValueKind), [value]);

    /// <summary>Whether a context value is one of the operand's scalars, strictly: no conversion between types.</summary>
    public bool Holds(in AttributeValue value) => value.Kind switch
    {
        ContextValueKind.String => HoldsText(value.Text),
        ContextValueKind.Number => HoldsNumber(value.Number),
        ContextValueKind.Null => _hasNull,
        ContextValueKind.True => _hasTrue,
        ContextValueKind.False => _hasFalse,
        _ => false,
    };

    private bool HoldsText(ReadOnlySpan<char> text)
    {
        if (_textSet is { } set)
        {
            return set.Contains(text);
        }

        foreach (string candidate in _texts)
        {
            if (text.SequenceEqual(candidate))
            {
                return true;
            }
        }

        return false;
    }

    private bool HoldsNumber(double number) => _numberSet?.Contains(number) ?? _numbers.AsSpan().Contains(number);

    private static ContextValueKind KindOf(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Undefined => ContextValueKind.Missing,
        JsonValueKind.Null => ContextValueKind.Null,
        JsonValueKind.True => ContextValueKind.True,
        JsonValueKind.False => ContextValueKind.False,
        JsonValueKind.Number => ContextValueKind.Number,
        JsonValueKind.String => ContextValueKind.String,
        _ => ContextValueKind.Object,
    };
}
