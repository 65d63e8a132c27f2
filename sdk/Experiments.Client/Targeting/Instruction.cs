using System.Runtime.InteropServices;

namespace Experiments.Client.Targeting;

/// <summary>
/// One condition with where to go next. "And", "or" and "not" are gone: each outcome leads to another instruction or to an end.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Instruction(Operator Operator, int Slot, int Operand, int OnTrue, int OnFalse)
{
    /// <summary>Not an instruction: the rules hold.</summary>
    public const int Pass = -1;

    /// <summary>Not an instruction: the rules do not hold.</summary>
    public const int Fail = -2;
}
