using System.Collections.Frozen;

namespace Experiments.Client.Targeting;

/// <summary>The operand of <c>in</c> and <c>notIn</c> where text is compared ignoring case; all else is compared strictly.</summary>
internal sealed class FoldedSet(IEnumerable<string> texts, IEnumerable<Scalar> others)
{
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _texts =
        texts.ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    private readonly FrozenSet<double> _numbers =
        others.Where(static other => other.Kind == ContextValueKind.Number).Select(static other => other.Number).ToFrozenSet();

    private readonly FrozenSet<ContextValueKind> _kinds =
        others.Where(static other => other.Kind is not (ContextValueKind.Number or ContextValueKind.Object))
            .Select(static other => other.Kind).ToFrozenSet();

    public bool Holds(in AttributeValue value) => value.Kind switch
    {
        ContextValueKind.String => _texts.Contains(value.Text),
        ContextValueKind.Number => _numbers.Contains(value.Number) && !double.IsNaN(value.Number),
        _ => _kinds.Contains(value.Kind),
    };
}
