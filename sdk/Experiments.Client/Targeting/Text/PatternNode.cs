namespace Experiments.Client.Targeting.Text;

/// <summary>
/// A parsed pattern, or a part of one. Greedy and lazy are the same here: whether anything matches does not depend on it.
/// </summary>
internal sealed class PatternNode
{
    /// <summary><see cref="Max"/> of a repeat without an upper bound.</summary>
    public const int Unbounded = -1;

    public static readonly PatternNode Empty = new() { Kind = PatternNodeKind.Empty };

    public required PatternNodeKind Kind { get; init; }

    /// <summary>Of a <see cref="PatternNodeKind.Step"/>.</summary>
    public PatternStepKind StepKind { get; init; }

    /// <summary>The character of a literal.</summary>
    public int CodePoint { get; init; }

    public CodePointSet? Set { get; init; }

    public IReadOnlyList<PatternNode> Children { get; init; } = [];

    public int Min { get; init; }

    public int Max { get; init; }

    /// <summary>How many copies of its innermost part the program will hold: the product of all counts on the way down, at most.</summary>
    public int Copies { get; private init; } = 1;

    public static PatternNode Step(PatternStepKind kind, int codePoint = 0) =>
        new() { Kind = PatternNodeKind.Step, StepKind = kind, CodePoint = codePoint };

    public static PatternNode Of(CodePointSet set) => new() { Kind = PatternNodeKind.Step, StepKind = PatternStepKind.Set, Set = set };

    public static PatternNode Of(PatternNodeKind kind, List<PatternNode> children) => children.Count switch
    {
        0 => Empty,
        1 => children[0],
        _ => new() { Kind = kind, Children = children, Copies = children.Max(static child => child.Copies) },
    };

    /// <param name="child">What is repeated; not more than the greatest count times <see cref="Copies"/> copies of it.</param>
    /// <param name="min">Inclusive.</param>
    /// <param name="max">Inclusive, or <see cref="Unbounded"/>.</param>
    public static PatternNode Repeat(PatternNode child, int min, int max) => new()
    {
        Kind = PatternNodeKind.Repeat,
        Children = [child],
        Min = min,
        Max = max,
        Copies = child.Copies * Math.Max(1, max == Unbounded ? min : max),
    };
}
