using System.Globalization;

namespace Experiments.Client.Targeting.Text;

/// <content>Backslashes.</content>
internal sealed partial class PatternParser
{
    private const int MaxOctalDigits = 3;

    private const int ShortHexDigits = 2;

    private bool ParseBackslash(List<PatternNode> items)
    {
        if (TryTake(@"\Q"))
        {
            ParseQuoted(items);
            return true;
        }

        PatternStepKind? assertion = AssertionOf(_at + 1 < _pattern.Length ? _pattern[_at + 1] : '\\');
        if (assertion is not null)
        {
            _at += 2;
            items.Add(PatternNode.Step(assertion.Value));
            return true;
        }

        CodePointSetBuilder set = new(IgnoresCase);
        if (!TryParseNamedSet(set, out bool isNamedSet))
        {
            return false;
        }

        if (isNamedSet)
        {
            items.Add(PatternNode.Of(set.Build(isNegated: false)));
            return true;
        }

        if (!ParseEscape(out int codePoint))
        {
            return false;
        }

        items.Add(Literal(codePoint));
        return true;
    }

    /// <summary>Up to <c>\E</c> or the end all characters stand for themselves.</summary>
    private void ParseQuoted(List<PatternNode> items)
    {
        while (!IsAtEnd && !TryTake(@"\E"))
        {
            items.Add(Literal(Take()));
        }
    }

    private static PatternStepKind? AssertionOf(char letter) => letter switch
    {
        'A' => PatternStepKind.TextStart,
        'z' => PatternStepKind.TextEnd,
        'b' => PatternStepKind.WordBoundary,
        'B' => PatternStepKind.NoWordBoundary,
        _ => null,
    };

    /// <summary>Reads <c>\d</c> and the like or <c>\p{..}</c>, if that is next, into a set.</summary>
    /// <returns>False if there is a fault.</returns>
    private bool TryParseNamedSet(CodePointSetBuilder set, out bool isNamedSet)
    {
        isNamedSet = false;
        if (_at + 1 >= _pattern.Length)
        {
            return true;
        }

        char letter = _pattern[_at + 1];
        bool isNegated = char.IsAsciiLetterUpper(letter);
        if (letter is 'p' or 'P')
        {
            isNamedSet = true;
            return ParseCategory(set, isNegated);
        }

        if (AsciiClasses.Perl(char.ToLowerInvariant(letter)) is { } pairs)
        {
            isNamedSet = true;
            _at += 2;
            set.AddAscii(pairs, isNegated);
        }

        return true;
    }

    private bool ParseCategory(CodePointSetBuilder set, bool isNegated)
    {
        int start = _at;
        _at += 2;
        int first = _at;
        int last = IsNext('{') ? _pattern.IndexOf('}', _at) : _at;
        if (last < 0 || IsAtEnd)
        {
            return Fail("a Unicode category has no name or no closing }", start);
        }

        Take();
        ReadOnlySpan<char> name = _pattern.AsSpan(first.._at);
        if (last > first)
        {
            name = _pattern.AsSpan((first + 1)..last);
            _at = last + 1;
            if (name.StartsWith('^'))
            {
                name = name[1..];
                isNegated = !isNegated;
            }
        }

        if (!UnicodeCategories.TryFind(name, out uint mask))
        {
            return Fail($"there is no Unicode category {name}; scripts are not supported", start);
        }

        set.AddCategories(mask, isNegated);
        return true;
    }

    /// <summary>A backslash and what stands for one character, inside and outside of classes.</summary>
    private bool ParseEscape(out int codePoint)
    {
        int start = _at++;
        codePoint = 0;
        if (IsAtEnd)
        {
            return Fail(@"the pattern ends with a single \", start);
        }

        int letter = Take();
        switch (letter)
        {
            case >= '0' and <= '7':
                return ParseOctal(letter, start, out codePoint);
            case 'x':
                return ParseHex(start, out codePoint);
            case < CodePoints.AsciiCount when !char.IsAsciiLetterOrDigit((char)letter):
                codePoint = letter;
                return true;
            default:
                codePoint = letter switch
                {
                    'a' => '\a',
                    'f' => '\f',
                    'n' => '\n',
                    'r' => '\r',
                    't' => '\t',
                    'v' => '\v',
                    _ => -1,
                };
                return codePoint >= 0 || Fail($"RE2 syntax has no such escape here: {_pattern.AsSpan(start.._at)}", start);
        }
    }

    private bool ParseOctal(int letter, int start, out int codePoint)
    {
        codePoint = letter - '0';
        int end = start + 1 + MaxOctalDigits;
        if (letter != '0' && (IsAtEnd || _pattern[_at] is < '0' or > '7'))
        {
            return Fail("RE2 syntax has no back-references", start);
        }

        while (_at < end && !IsAtEnd && _pattern[_at] is >= '0' and <= '7')
        {
            codePoint = (codePoint * 8) + (_pattern[_at++] - '0');
        }

        return true;
    }

    private bool ParseHex(int start, out int codePoint)
    {
        bool isLong = TryTake('{');
        int end = isLong ? _pattern.IndexOf('}', _at) : Math.Min(_at + ShortHexDigits, _pattern.Length);
        int length = end - _at;
        codePoint = 0;
        if ((!isLong && length != ShortHexDigits) || length < 1)
        {
            return Fail(@"\x needs two digits, or some in braces", start);
        }

        foreach (char digit in _pattern.AsSpan(_at, length))
        {
            codePoint = char.IsAsciiHexDigit(digit) ? (codePoint * 16) + HexValue(digit) : int.MaxValue;
            if (codePoint > CodePoints.Last)
            {
                return Fail(@"\x is followed by no hexadecimal number up to 10FFFF", start);
            }
        }

        _at = isLong ? end + 1 : end;
        return true;
    }

    private static int HexValue(char digit) => int.Parse([digit], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
