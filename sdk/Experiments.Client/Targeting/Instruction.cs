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

    /// <summary>What the condition said; for explanations.</summary>
    public Operator Operator;

    /// <summary>Of the attribute that is looked at.</summary>
    public int Slot;

    /// <summary>What it means depends on the operation.</summary>
    public int Operand;

    public int OnTrue;

    public int OnFalse;
}
