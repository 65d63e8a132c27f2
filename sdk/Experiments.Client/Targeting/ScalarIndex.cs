using System.Runtime.InteropServices;

namespace Experiments.Client.Targeting;

/// <summary>The numbers of the scalars that one attribute is compared with. Filled at load, then only read.</summary>
internal sealed class ScalarIndex
{
    // Up to this many, comparing one after another beats hashing the text (row decide-all-100 of Experiments.Benchmarks bars).
    private const int Few = 8;

    private readonly List<(ulong Word, string Text, int Number)> _fewTexts = [];
    private readonly Dictionary<string, int> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _textLookup;
    private Dictionary<double, int>? _numbers;

    private int NextOrdinal => Scalar.First + _texts.Count + (_numbers?.Count ?? 0);

    public ScalarIndex() => _textLookup = _texts.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>What the value is numbered; <see cref="Scalar.Unknown"/> where no condition compares with it.</summary>
    public int Of(in AttributeValue value) => value.Kind switch
    {
        ContextValueKind.String => OfText(value.Text),
        ContextValueKind.Number => _numbers is { } numbers && numbers.TryGetValue(value.Number, out int number) ? number : Scalar.Unknown,
        ContextValueKind.Missing => Scalar.Missing,
        ContextValueKind.Null => Scalar.Null,
        ContextValueKind.False => Scalar.False,
        ContextValueKind.True => Scalar.True,
        _ => Scalar.Unknown,
    };

    /// <param name="text">An operand.</param>
    /// <param name="isRare">One of a long list, which is not worth a place among the interned.</param>
    /// <param name="scalars">Where a new one is added.</param>
    public int Add(ReadOnlySpan<char> text, bool isRare, List<Scalar> scalars)
    {
        if (!_textLookup.TryGetValue(text, out int number))
        {
            number = scalars.Count;
            string stored = isRare ? text.ToString() : InternedText.Of(text);
            scalars.Add(new Scalar(ContextValueKind.String, 0, stored, NextOrdinal));
            _texts.Add(stored, number);
            if (_fewTexts.Count < Few)
            {
                _fewTexts.Add((ShortText.WordOf(stored), stored, number));
            }
        }

        return number;
    }

    public int Add(double value, List<Scalar> scalars)
    {
        _numbers ??= [];
        if (!_numbers.TryGetValue(value, out int number))
        {
            number = scalars.Count;
            scalars.Add(new Scalar(ContextValueKind.Number, value, "", NextOrdinal));
            _numbers.Add(value, number);
        }

        return number;
    }

    private int OfText(ReadOnlySpan<char> text)
    {
        if (_texts.Count > Few)
        {
            return _textLookup.TryGetValue(text, out int found) ? found : Scalar.Unknown;
        }

        ulong word = ShortText.WordOf(text);
        foreach ((ulong itsWord, string itsText, int number) in CollectionsMarshal.AsSpan(_fewTexts))
        {
            if (itsWord == word && text.SequenceEqual(itsText))
            {
                return number;
            }
        }

        return Scalar.Unknown;
    }
}
