namespace Experiments.Client.Targeting.Text;

/// <summary>
/// Turns a parsed pattern into the steps of an automaton (Thompson's construction). Parts are emitted from the last to the first, so
/// each one knows where to go on and no step only jumps. Counted repeats are written out.
/// </summary>
internal sealed class PatternCompiler
{
    /// <summary>Inclusive. Bounds the work for one character of a text.</summary>
    public const int MaxSteps = 10_000;

    private readonly List<PatternStep> _steps = [new PatternStep(PatternStepKind.Match, 0, 0)];
    private readonly List<CodePointSet> _sets = [];

    private bool IsTooLarge => _steps.Count > MaxSteps;

    /// <returns>Null if the program would be larger than <see cref="MaxSteps"/>.</returns>
    public static Pattern? Compile(PatternNode root)
    {
        PatternCompiler compiler = new();
        int start = compiler.Emit(root, 0);
        return compiler.IsTooLarge ? null : new Pattern([.. compiler._steps], [.. compiler._sets], (ushort)start);
    }

    private int Emit(PatternNode node, int next)
    {
        if (IsTooLarge)
        {
            return 0;
        }

        switch (node.Kind)
        {
            case PatternNodeKind.Step:
                return EmitStep(node, next);
            case PatternNodeKind.Sequence:
                for (int i = node.Children.Count - 1; i >= 0; i--)
                {
                    next = Emit(node.Children[i], next);
                }

                return next;
            case PatternNodeKind.Choice:
                return EmitChoice(node.Children, next);
            case PatternNodeKind.Repeat:
                return EmitRepeat(node, next);
            default:
                return next;
        }
    }

    private int EmitStep(PatternNode node, int next)
    {
        if (node.Set is not { } set)
        {
            return Add(node.StepKind, node.CodePoint, next);
        }

        _sets.Add(set);
        return Add(PatternStepKind.Set, _sets.Count - 1, next);
    }

    private int EmitChoice(IReadOnlyList<PatternNode> children, int next)
    {
        int entry = Emit(children[^1], next);
        for (int i = children.Count - 2; i >= 0; i--)
        {
            entry = Add(PatternStepKind.Split, entry, Emit(children[i], next));
        }

        return entry;
    }

    private int EmitRepeat(PatternNode node, int next)
    {
        PatternNode child = node.Children[0];
        int entry = next;
        int required = node.Min;
        if (node.Max == PatternNode.Unbounded)
        {
            // The loop is the last of the required rounds, if there is one, and then is entered through the child.
            int loop = Add(PatternStepKind.Split, next, next);
            int body = Emit(child, loop);
            _steps[loop] = new PatternStep(PatternStepKind.Split, next, (ushort)body);
            entry = required == 0 ? loop : body;
            required--;
        }

        for (int i = node.Min; i < node.Max && !IsTooLarge; i++)
        {
            entry = Add(PatternStepKind.Split, next, Emit(child, entry));
        }

        for (int i = 0; i < required && !IsTooLarge; i++)
        {
            entry = Emit(child, entry);
        }

        return entry;
    }

    private int Add(PatternStepKind kind, int value, int next)
    {
        _steps.Add(new PatternStep(kind, value, (ushort)next));
        return _steps.Count - 1;
    }
}
