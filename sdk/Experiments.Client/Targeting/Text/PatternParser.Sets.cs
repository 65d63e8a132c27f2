namespace Experiments.Client.Targeting.Text;

/// <content>Character classes in brackets.</content>
internal sealed partial class PatternParser
{
    private bool ParseSet(List<PatternNode> items)
    {
        int start = _at++;
        bool isNegated = TryTake('^');
        CodePointSetBuilder set = new(IgnoresCase);

        // A closing bracket at the very start is a member.
        bool isFirst = true;
        while (isFirst || !TryTake(']'))
        {
            isFirst = false;
            if (IsAtEnd)
            {
                return Fail("a class has no closing ]", start);
            }

            if (!ParseSetItem(set))
            {
                return false;
            }
        }

        items.Add(PatternNode.Of(set.Build(isNegated)));
        return true;
    }

    private bool ParseSetItem(CodePointSetBuilder set)
    {
        if (IsNext("[:") && _pattern.IndexOf(":]", _at + 2, StringComparison.Ordinal) is var end and >= 0)
        {
            return ParsePosixClass(set, end);
        }

        if (IsNext('\\'))
        {
            if (!TryParseNamedSet(set, out bool isNamedSet))
            {
                return false;
            }

            if (isNamedSet)
            {
                return true;
            }
        }

        return ParseRange(set);
    }

    private bool ParsePosixClass(CodePointSetBuilder set, int end)
    {
        int start = _at;
        _at += 2;
        bool isNegated = TryTake('^');
        if (_at > end || AsciiClasses.Posix(_pattern.AsSpan(_at..end)) is not { } pairs)
        {
            return Fail("there is no class of that name between [: and :]", start);
        }

        _at = end + 2;
        set.AddAscii(pairs, isNegated);
        return true;
    }

    /// <summary>One character, or two with a dash between.</summary>
    private bool ParseRange(CodePointSetBuilder set)
    {
        int start = _at;
        if (!ParseMember(out int first))
        {
            return false;
        }

        int last = first;
        bool isRange = IsNext('-') && _at + 1 < _pattern.Length && _pattern[_at + 1] != ']';
        if (isRange)
        {
            _at++;
            if (!ParseMember(out last))
            {
                return false;
            }
        }

        if (first > last)
        {
            return Fail("a range of a class runs backwards", start);
        }

        set.Add(first, last);
        return true;
    }

    private bool ParseMember(out int codePoint)
    {
        if (IsNext('\\'))
        {
            return ParseEscape(out codePoint);
        }

        codePoint = Take();
        return true;
    }
}
