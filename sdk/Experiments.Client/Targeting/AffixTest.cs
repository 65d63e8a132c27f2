using System.Collections.Frozen;

namespace Experiments.Client.Targeting;

/// <summary>Whether a text starts, or ends, with any of a list. A long list costs one look-up for each length that occurs in it.</summary>
internal sealed class AffixTest : TextTest
{
    private const int LinearLimit = 8;

    private readonly string[] _affixes;
    private readonly bool _isAtEnd;
    private readonly StringComparison _comparison;
    private readonly int[] _lengths = [];
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    public AffixTest(string[] affixes, bool isAtEnd, bool ignoresCase)
    {
        _affixes = affixes;
        _isAtEnd = isAtEnd;
        _comparison = ignoresCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        if (affixes.Length > LinearLimit)
        {
            _lengths = [.. affixes.Select(static affix => affix.Length).Distinct().Order()];
            _lookup = affixes.ToFrozenSet(StringComparer.FromComparison(_comparison)).GetAlternateLookup<ReadOnlySpan<char>>();
        }
    }

    public override string Operand => $"[{string.Join(", ", _affixes)}]";

    public override bool Holds(ReadOnlySpan<char> text)
    {
        if (_lengths.Length == 0)
        {
            return HoldsLinear(text);
        }

        foreach (int length in _lengths)
        {
            if (length > text.Length)
            {
                break;
            }

            if (_lookup.Contains(_isAtEnd ? text[^length..] : text[..length]))
            {
                return true;
            }
        }

        return false;
    }

    private bool HoldsLinear(ReadOnlySpan<char> text)
    {
        foreach (string affix in _affixes)
        {
            if (_isAtEnd ? text.EndsWith(affix, _comparison) : text.StartsWith(affix, _comparison))
            {
                return true;
            }
        }

        return false;
    }
}
