using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Experiments.Client.Targeting.Text;

/// <summary>
/// A pattern in RE2 syntax (https://github.com/google/re2/wiki/Syntax) that is looked for anywhere in a text. All ways through the
/// pattern are followed at once, so the time is at most the length of the text times the size of the pattern, whatever these are.
/// Immutable and safe for threads.
/// </summary>
internal sealed class Pattern
{
    /// <summary>Inclusive, in UTF-16 units.</summary>
    public const int MaxLength = 4_096;

    // Programs of up to this many steps keep their state on the stack, which takes 8 bytes a step; larger ones rent it.
    internal const int MaxStackSteps = 256;

    // Two sets of steps, each of two arrays.
    private const int CellsPerStep = 4;

    private readonly PatternStep[] _steps;
    private readonly CodePointSet[] _sets;
    private readonly ushort _start;
    private readonly string _prefix;
    private readonly bool _isAnchored;
    private readonly bool _ignoresCase;

    /// <param name="steps">Of the compiler.</param>
    /// <param name="sets">Those that steps refer to.</param>
    /// <param name="start">The first step.</param>
    public Pattern(PatternStep[] steps, CodePointSet[] sets, ushort start)
    {
        _steps = steps;
        _sets = sets;
        _start = start;
        _prefix = PrefixOf(steps, start);
        _isAnchored = steps[start].Kind == PatternStepKind.TextStart;
        _ignoresCase = Array.Exists(steps, static step => step.Kind == PatternStepKind.FoldedLiteral);
    }

    /// <summary>Number of states of the automaton.</summary>
    internal int StepCount => _steps.Length;

    /// <summary>Parses and compiles a pattern.</summary>
    /// <param name="pattern">RE2 syntax; scripts (<c>\p{Greek}</c>) and <c>\C</c> are refused.</param>
    /// <param name="ignoreCase">As if the pattern started with <c>(?i)</c>; see <see cref="CaseFolding"/>.</param>
    /// <param name="result">Null if there is a fault.</param>
    /// <param name="fault">What is wrong, for people; empty if nothing is.</param>
    public static bool TryParse(string pattern, bool ignoreCase, [NotNullWhen(true)] out Pattern? result, out string fault)
    {
        result = null;
        if (pattern.Length > MaxLength)
        {
            fault = $"the pattern has {pattern.Length} characters, more than {MaxLength}";
            return false;
        }

        PatternNode? root = PatternParser.Parse(pattern, ignoreCase ? PatternFlags.IgnoreCase : PatternFlags.None, out fault);
        if (root is null)
        {
            return false;
        }

        result = PatternCompiler.Compile(root);
        if (result is null)
        {
            fault = $"the pattern compiles to more than {PatternCompiler.MaxSteps} steps";
        }

        return result is not null;
    }

    /// <summary>Whether any part of the text matches, be it empty.</summary>
    public bool IsMatch(ReadOnlySpan<char> text)
    {
        int count = _steps.Length;
        if (count <= MaxStackSteps)
        {
            return Run(text, stackalloc ushort[MaxStackSteps * CellsPerStep]);
        }

        ushort[] rented = ArrayPool<ushort>.Shared.Rent(count * CellsPerStep);
        bool isMatch = Run(text, rented);
        ArrayPool<ushort>.Shared.Return(rented);
        return isMatch;
    }

    /// <summary>The text that every match starts with.</summary>
    private static string PrefixOf(PatternStep[] steps, ushort start)
    {
        StringBuilder prefix = new();

        // A lone surrogate would also be found as half of a pair.
        while (steps[start] is { Kind: PatternStepKind.Literal } step && Rune.TryCreate(step.Value, out Rune rune))
        {
            prefix.Append(rune.ToString());
            start = step.Next;
        }

        return prefix.ToString();
    }

    private bool Run(ReadOnlySpan<char> text, Span<ushort> cells)
    {
        int count = _steps.Length;
        StepSet current = new(cells[..count], cells.Slice(count, count));
        StepSet next = new(cells.Slice(2 * count, count), cells.Slice(3 * count, count));
        int at = 0;
        while (true)
        {
            if (current.Count == 0)
            {
                // Nothing has begun to match, so the text up to the next possible start can be left out.
                int skipped = _isAnchored && at > 0 ? -1 : text[at..].IndexOf(_prefix, StringComparison.Ordinal);
                if (skipped < 0)
                {
                    return false;
                }

                at += skipped;
            }

            if (!_isAnchored || at == 0)
            {
                current.Add(_start);
            }

            if (Step(text, at, ref current, ref next, out int length))
            {
                return true;
            }

            if (at == text.Length)
            {
                return false;
            }

            at += length;
            StepSet done = current;
            current = next;
            next = done;
            next.Clear();
        }
    }

    /// <summary>Follows all steps that are reached at one place of the text, and answers whether one of them is the match.</summary>
    /// <param name="text">All of it.</param>
    /// <param name="at">Up to and including its length.</param>
    /// <param name="current">Grows by what is reached without consuming anything.</param>
    /// <param name="next">Takes what is reached by consuming the character.</param>
    /// <param name="length">Of the character, in UTF-16 units; 0 at the end.</param>
    private bool Step(ReadOnlySpan<char> text, int at, ref StepSet current, ref StepSet next, out int length)
    {
        // At the end there is no character, and this one equals none.
        int codePoint = -1;
        length = 0;
        if (at < text.Length)
        {
            codePoint = CodePoints.Read(text, at, out length);
        }

        int folded = _ignoresCase && codePoint >= 0 ? CaseFolding.Fold(codePoint) : codePoint;
        for (int i = 0; i < current.Count; i++)
        {
            PatternStep step = _steps[current[i]];
            switch (step.Kind)
            {
                case PatternStepKind.Match:
                    return true;
                case PatternStepKind.Split:
                    current.Add((ushort)step.Value);
                    current.Add(step.Next);
                    break;
                case >= PatternStepKind.TextStart:
                    if (Holds(step.Kind, text, at))
                    {
                        current.Add(step.Next);
                    }

                    break;
                default:
                    if (Consumes(step, codePoint, folded))
                    {
                        next.Add(step.Next);
                    }

                    break;
            }
        }

        return false;
    }

    private bool Consumes(PatternStep step, int codePoint, int folded) => codePoint >= 0 && step.Kind switch
    {
        PatternStepKind.Literal => codePoint == step.Value,
        PatternStepKind.FoldedLiteral => folded == step.Value,
        PatternStepKind.Set => _sets[step.Value].Contains(codePoint),
        PatternStepKind.AnyButLineFeed => codePoint != '\n',
        _ => true,
    };

    private static bool Holds(PatternStepKind assertion, ReadOnlySpan<char> text, int at) => assertion switch
    {
        PatternStepKind.TextStart => at == 0,
        PatternStepKind.TextEnd => at == text.Length,
        PatternStepKind.LineStart => at == 0 || text[at - 1] == '\n',
        PatternStepKind.LineEnd => at == text.Length || text[at] == '\n',
        _ => IsWordBoundary(text, at) == (assertion == PatternStepKind.WordBoundary),
    };

    private static bool IsWordBoundary(ReadOnlySpan<char> text, int at) =>
        (at > 0 && CodePoints.IsWord(text[at - 1])) != (at < text.Length && CodePoints.IsWord(text[at]));
}
