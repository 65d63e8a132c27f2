namespace Experiments.Client.Targeting;

/// <summary>
/// The targeting rules of a whole snapshot as one flat array of instructions. Immutable; evaluated without allocation.
/// </summary>
internal sealed class TargetingProgram(Instruction[] instructions, Operand[] operands, AttributePath[] slots)
{
    // In a cell of the handle cache 0 means "not looked up yet", so handles are kept shifted by this.
    private const int CacheShift = 2;

    /// <summary>Number of distinct attributes that conditions of the snapshot look at.</summary>
    public int SlotCount => slots.Length;

    /// <summary>Whether the rules that start at <paramref name="entry"/> hold.</summary>
    /// <param name="entry">What the builder answered for them.</param>
    /// <param name="attributes">The context.</param>
    /// <param name="handles">A cache of look-ups for several evaluations with one context: zeroed, one cell a slot. Empty = none.</param>
    public bool Holds<TAttributes>(int entry, scoped ref readonly TAttributes attributes, scoped Span<int> handles)
        where TAttributes : IAttributes, allows ref struct
    {
        while (entry >= 0)
        {
            ref readonly Instruction instruction = ref instructions[entry];
            int handle = Find(instruction.Slot, in attributes, handles);
            AttributeValue value = handle == IAttributes.Missing ? default : attributes.Get(handle);
            entry = Test(instruction.Operator, operands[instruction.Operand], in value) ? instruction.OnTrue : instruction.OnFalse;
        }

        return entry == Instruction.Pass;
    }

    private int Find<TAttributes>(int slot, scoped ref readonly TAttributes attributes, scoped Span<int> handles)
        where TAttributes : IAttributes, allows ref struct
    {
        if (handles.IsEmpty)
        {
            return attributes.Find(slots[slot]);
        }

        ref int cell = ref handles[slot];
        if (cell == 0)
        {
            cell = attributes.Find(slots[slot]) + CacheShift;
        }

        return cell - CacheShift;
    }

    private static bool Test(Operator op, Operand operand, in AttributeValue value) => op switch
    {
        Operator.Equal => AreEqual(operand, in value),
        Operator.NotEqual => !AreEqual(operand, in value),
        Operator.In => operand.Holds(in value),
        Operator.NotIn => !operand.Holds(in value),
        Operator.Contains => value.Kind == ContextValueKind.String && value.Text.Contains(operand.Text, StringComparison.Ordinal),
        Operator.GreaterThan => value.Kind == ContextValueKind.Number && value.Number > operand.Number,
        Operator.LessThan => value.Kind == ContextValueKind.Number && value.Number < operand.Number,
        _ => false,
    };

    private static bool AreEqual(Operand operand, in AttributeValue value) => operand.Kind == value.Kind && value.Kind switch
    {
        ContextValueKind.String => value.Text.SequenceEqual(operand.Text),
        ContextValueKind.Number => value.Number == operand.Number,
        ContextValueKind.Object or ContextValueKind.Array => false,
        _ => true,
    };
}
