using System.Runtime.InteropServices;

namespace Experiments.Client.Targeting;

/// <summary>
/// One condition with where to go next: to another instruction where the target is not negative, else to the end <c>~target</c>
/// (see <see cref="Ending"/>).
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Instruction
{
    public Operation Operation;

    /// <summary>What the condition said; for explanations. Of a bucket: <see cref="Targeting.Operator.In"/> for a condition, nothing for a
    /// split.</summary>
    public Operator Operator;

    /// <summary>Whether it stands under an odd number of "not"; for explanations: the targets are swapped already.</summary>
    public bool IsNegated;

    /// <summary>Of the attribute that is looked at.</summary>
    public int Slot;

    /// <summary>What it means depends on the operation.</summary>
    public int Operand;

    public int OnTrue;

    public int OnFalse;
}
