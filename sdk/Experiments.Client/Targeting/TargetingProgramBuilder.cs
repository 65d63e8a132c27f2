using System.Text.Json;

namespace Experiments.Client.Targeting;

/// <summary>Compiles targeting rules to instructions. One builder serves a whole snapshot, so attributes share their slots.</summary>
internal sealed class TargetingProgramBuilder
{
    private readonly List<Instruction> _instructions = [];
    private readonly List<Operand> _operands = [];
    private readonly List<AttributePath> _slots = [];
    private readonly Dictionary<string, int> _slotByName = new(StringComparer.Ordinal);

    /// <summary>Adds "one of these rules holds, and then what starts at <paramref name="onHold"/>" and answers where it starts.</summary>
    /// <param name="rules">Joined by OR; none = everyone.</param>
    /// <param name="onHold">An earlier answer, or <see cref="Instruction.Pass"/>.</param>
    public int Add(TargetingRuleDocument[] rules, int onHold)
    {
        // A rule without conditions holds for everyone, so whatever is listed beside it does not matter.
        if (rules.Length == 0 || Array.Exists(rules, static rule => rule.Conditions.Length == 0))
        {
            return onHold;
        }

        // From the last rule to the first: each must know where the next one starts.
        int next = Instruction.Fail;
        for (int i = rules.Length - 1; i >= 0; i--)
        {
            next = Add(rules[i].Conditions, onHold, next);
        }

        return next;
    }

    public TargetingProgram Build() => new([.. _instructions], [.. _operands], [.. _slots]);

    private int Add(ConditionDocument[] conditions, int onHold, int onMiss)
    {
        int next = onHold;
        for (int i = conditions.Length - 1; i >= 0; i--)
        {
            next = Add(conditions[i], next, onMiss);
        }

        return next;
    }

    private int Add(ConditionDocument condition, int onTrue, int onFalse)
    {
        _operands.Add(Operand.From(condition.Value));
        _instructions.Add(new Instruction(
            EffectiveOperator(condition), SlotOf(condition.Attribute), _operands.Count - 1, onTrue, onFalse));
        return _instructions.Count - 1;
    }

    private static Operator EffectiveOperator(ConditionDocument condition)
    {
        Operator op = OperatorNames.Parse(condition.Operator);
        JsonValueKind operand = condition.Value.ValueKind;
        bool canMatch = op switch
        {
            Operator.In or Operator.NotIn => operand == JsonValueKind.Array,
            Operator.Contains => operand == JsonValueKind.String,
            Operator.GreaterThan or Operator.LessThan => operand == JsonValueKind.Number,
            _ => true,
        };
        return canMatch ? op : Operator.Never;
    }

    private int SlotOf(string attribute)
    {
        if (!_slotByName.TryGetValue(attribute, out int slot))
        {
            slot = _slots.Count;
            _slots.Add(new AttributePath(attribute));
            _slotByName.Add(attribute, slot);
        }

        return slot;
    }
}
