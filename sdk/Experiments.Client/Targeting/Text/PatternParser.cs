namespace Experiments.Client.Targeting.Text;

/// <summary>
/// Reads RE2 syntax by recursive descent. Each method leaves the position behind what it has read, and answers false or null after it
/// has noted a fault.
/// </summary>
internal sealed partial class PatternParser
{
    /// <summary>Inclusive. Groups inside groups; bounds the recursion here and in the compiler.</summary>
    public const int MaxDepth = 200;

    /// <summary>Inclusive, for one counted repeat and for the product of nested ones, as in RE2.</summary>
    public const int MaxRepeat = 1_000;

    // Larger numbers are not read on, so they cannot overflow.
    private const int TooLarge = 100_000_000;

    private readonly string _pattern;
    private readonly HashSet<string> _groupNames = new(StringComparer.Ordinal);
    private PatternFlags _flags;
    private int _at;
    private int _depth;
    private string _fault = "";

    private PatternParser(string pattern, PatternFlags flags)
    {
        _pattern = pattern;
        _flags = flags;
    }

    private bool IsAtEnd => _at == _pattern.Length;

    private bool IgnoresCase => Has(PatternFlags.IgnoreCase);

    /// <returns>Null if there is a fault.</returns>
    public static PatternNode? Parse(string pattern, PatternFlags flags, out string fault)
    {
        PatternParser parser = new(pattern, flags);
        PatternNode? root = parser.ParseChoice();
        if (root is not null && !parser.IsAtEnd)
        {
            parser.Fail("a closing ) has no opening one", parser._at);
            root = null;
        }

        fault = parser._fault;
        return root;
    }

    /// <summary>Up to the end or a closing parenthesis, which is not read.</summary>
    private PatternNode? ParseChoice()
    {
        List<PatternNode> choices = [];
        do
        {
            if (ParseSequence() is not { } sequence)
            {
                return null;
            }

            choices.Add(sequence);
        }
        while (TryTake('|'));

        return PatternNode.Of(PatternNodeKind.Choice, choices);
    }

    private PatternNode? ParseSequence()
    {
        List<PatternNode> items = [];
        bool wasRepeat = false;
        while (!IsAtEnd && _pattern[_at] is not ('|' or ')'))
        {
            int start = _at;
            if (TryParseRepeat(out int min, out int max))
            {
                if (!Repeat(items, wasRepeat, min, max, start))
                {
                    return null;
                }

                wasRepeat = true;
            }
            else
            {
                wasRepeat = false;
                if (!ParseItem(items))
                {
                    return null;
                }
            }
        }

        return PatternNode.Of(PatternNodeKind.Sequence, items);
    }

    private bool ParseItem(List<PatternNode> items)
    {
        switch (_pattern[_at])
        {
            case '(':
                return ParseGroup(items);
            case '[':
                return ParseSet(items);
            case '\\':
                return ParseBackslash(items);
            case '.':
                _at++;
                items.Add(PatternNode.Step(Has(PatternFlags.DotMatchesLineFeed) ? PatternStepKind.Any : PatternStepKind.AnyButLineFeed));
                return true;
            case '^':
                _at++;
                items.Add(PatternNode.Step(Has(PatternFlags.MultiLine) ? PatternStepKind.LineStart : PatternStepKind.TextStart));
                return true;
            case '$':
                _at++;
                items.Add(PatternNode.Step(Has(PatternFlags.MultiLine) ? PatternStepKind.LineEnd : PatternStepKind.TextEnd));
                return true;
            default:
                items.Add(Literal(Take()));
                return true;
        }
    }

    /// <summary>Reads <c>*</c>, <c>+</c>, <c>?</c> or <c>{n,m}</c> and the mark of a lazy one; anything else is no repeat.</summary>
    private bool TryParseRepeat(out int min, out int max)
    {
        (min, max) = _pattern[_at] switch
        {
            '*' => (0, PatternNode.Unbounded),
            '+' => (1, PatternNode.Unbounded),
            _ => (0, 1),
        };
        if (_pattern[_at] is '*' or '+' or '?')
        {
            _at++;
        }
        else if (!TryParseCounts(out min, out max))
        {
            return false;
        }

        TryTake('?');
        return true;
    }

    /// <summary>A brace that starts no counts is left alone, as a literal.</summary>
    private bool TryParseCounts(out int min, out int max)
    {
        int start = _at;
        min = max = 0;
        if (TryTake('{') && TryParseCount(out min))
        {
            max = min;
            bool isComplete = !TryTake(',') || IsNext('}') || TryParseCount(out max);
            max = _pattern[_at - 1] == ',' ? PatternNode.Unbounded : max;
            if (isComplete && TryTake('}'))
            {
                return true;
            }
        }

        _at = start;
        return false;
    }

    private bool TryParseCount(out int count)
    {
        int start = _at;
        count = 0;
        while (!IsAtEnd && char.IsAsciiDigit(_pattern[_at]))
        {
            count = count < TooLarge ? (count * 10) + (_pattern[_at] - '0') : count;
            _at++;
        }

        // RE2 takes no leading zeros: a{01} is a text.
        return _at > start && (_at == start + 1 || _pattern[start] != '0');
    }

    private bool Repeat(List<PatternNode> items, bool wasRepeat, int min, int max, int start)
    {
        if (items.Count == 0)
        {
            return Fail("nothing is before the repeat", start);
        }

        if (wasRepeat)
        {
            return Fail("a repeat follows a repeat", start);
        }

        if (min > MaxRepeat || max > MaxRepeat)
        {
            return Fail($"a repeat counts to more than {MaxRepeat}", start);
        }

        if (max != PatternNode.Unbounded && min > max)
        {
            return Fail("a repeat counts down", start);
        }

        PatternNode repeat = PatternNode.Repeat(items[^1], min, max);
        if (repeat.Copies > MaxRepeat)
        {
            return Fail($"repeats inside of repeats multiply to more than {MaxRepeat}", start);
        }

        items[^1] = repeat;
        return true;
    }

    private PatternNode Literal(int codePoint)
    {
        Span<int> forms = stackalloc int[CaseFolding.MaxForms];
        return IgnoresCase && CaseFolding.FormsOf(codePoint, forms) > 1
            ? PatternNode.Step(PatternStepKind.FoldedLiteral, CaseFolding.Fold(codePoint))
            : PatternNode.Step(PatternStepKind.Literal, codePoint);
    }

    private bool Has(PatternFlags flag) => _flags.HasFlag(flag);

    private bool IsNext(char unit) => !IsAtEnd && _pattern[_at] == unit;

    private bool IsNext(string text) => _pattern.AsSpan(_at).StartsWith(text, StringComparison.Ordinal);

    private bool TryTake(char unit)
    {
        bool isNext = IsNext(unit);
        _at += isNext ? 1 : 0;
        return isNext;
    }

    private bool TryTake(string text)
    {
        bool isNext = IsNext(text);
        _at += isNext ? text.Length : 0;
        return isNext;
    }

    /// <summary>Only before the end.</summary>
    private int Take()
    {
        int codePoint = CodePoints.Read(_pattern, _at, out int length);
        _at += length;
        return codePoint;
    }

    private bool Fail(string fault, int start)
    {
        _fault = $"{fault}, at index {start}";
        return false;
    }
}
