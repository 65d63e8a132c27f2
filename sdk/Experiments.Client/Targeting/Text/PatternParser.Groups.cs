using System.Globalization;

namespace Experiments.Client.Targeting.Text;

/// <content>Parentheses: groups, names and flags.</content>
internal sealed partial class PatternParser
{
    // What RE2 allows in a name: letters, marks, decimal digits, letter numbers and connectors such as the underscore.
    private const uint NameCategories =
        (1u << (int)UnicodeCategory.UppercaseLetter) | (1u << (int)UnicodeCategory.LowercaseLetter)
        | (1u << (int)UnicodeCategory.TitlecaseLetter) | (1u << (int)UnicodeCategory.ModifierLetter)
        | (1u << (int)UnicodeCategory.OtherLetter) | (1u << (int)UnicodeCategory.NonSpacingMark)
        | (1u << (int)UnicodeCategory.SpacingCombiningMark) | (1u << (int)UnicodeCategory.DecimalDigitNumber)
        | (1u << (int)UnicodeCategory.LetterNumber) | (1u << (int)UnicodeCategory.ConnectorPunctuation);

    private bool ParseGroup(List<PatternNode> items)
    {
        int start = _at++;
        PatternFlags outer = _flags;
        if (TryTake('?'))
        {
            if (IsNext('=') || IsNext('!') || IsNext("<=") || IsNext("<!"))
            {
                return Fail("RE2 syntax has no look-around", start);
            }

            if (IsNext("P<") || IsNext('<'))
            {
                if (!ParseName(start))
                {
                    return false;
                }
            }
            else if (!ParseFlags(start))
            {
                return false;
            }
            else if (_pattern[_at - 1] == ')')
            {
                // Flags without a colon are for the rest of the group that they are in.
                return true;
            }
        }

        return ParseBody(items, start, outer);
    }

    private bool ParseBody(List<PatternNode> items, int start, PatternFlags outer)
    {
        if (_depth == MaxDepth)
        {
            return Fail($"groups are nested deeper than {MaxDepth}", start);
        }

        _depth++;
        if (ParseChoice() is not { } body)
        {
            return false;
        }

        if (!TryTake(')'))
        {
            return Fail("a group has no closing )", start);
        }

        _depth--;
        _flags = outer;
        items.Add(body);
        return true;
    }

    /// <summary>Of a group whose text nobody asks for; so names need only be right.</summary>
    private bool ParseName(int start)
    {
        TryTake('P');
        int first = ++_at;
        while (!IsAtEnd && !IsNext('>'))
        {
            if ((UnicodeCategories.MaskOf(Take()) & NameCategories) == 0)
            {
                return Fail("the name of a group is invalid", start);
            }
        }

        string name = _pattern[first.._at];
        if (name.Length == 0 || !TryTake('>'))
        {
            return Fail("the name of a group is invalid", start);
        }

        return _groupNames.Add(name) || Fail($"two groups have the name {name}", start);
    }

    /// <summary>Reads up to and including the colon or the closing parenthesis, and sets the flags.</summary>
    private bool ParseFlags(int start)
    {
        PatternFlags flags = _flags;
        bool isNegated = false;
        bool isFlagDue = false;
        while (!IsAtEnd)
        {
            int letter = Take();
            if (letter is ':' or ')' && !isFlagDue)
            {
                _flags = flags;
                return true;
            }

            PatternFlags? flag = FlagOf(letter);
            if (letter == '-' && !isNegated)
            {
                isNegated = isFlagDue = true;
            }
            else if (flag is not null)
            {
                flags = isNegated ? flags & ~flag.Value : flags | flag.Value;
                isFlagDue = false;
            }
            else
            {
                return Fail("RE2 syntax has no such group", start);
            }
        }

        return Fail("a group has no closing )", start);
    }

    private static PatternFlags? FlagOf(int letter) => letter switch
    {
        'i' => PatternFlags.IgnoreCase,
        'm' => PatternFlags.MultiLine,
        's' => PatternFlags.DotMatchesLineFeed,
        'U' => PatternFlags.None,
        _ => null,
    };
}
