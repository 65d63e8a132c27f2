using System.Runtime.CompilerServices;
using Experiments.Client.Snapshots;
using Experiments.Client.Targeting;

namespace Experiments.Client.Decisions;

/// <summary>Whether an attribute is one of several scalars.</summary>
internal static class ScalarSets
{
    /// <param name="program">What is decided by.</param>
    /// <param name="set">The operand.</param>
    /// <param name="cell">The attribute, looked up.</param>
    public static bool Holds(CompiledProgram program, ref readonly ScalarSet set, ref readonly AttributeCell cell) => set.Mask != 0
        ? (set.Mask & cell.Bit) != 0
        : program.ScalarSetNumbers.AsSpan(set.Start, set.Count).BinarySearch(cell.Scalar) >= 0;

    /// <param name="program">What is decided by.</param>
    /// <param name="instruction">Whose operand is the set.</param>
    /// <param name="handle">The attribute, found or missing.</param>
    /// <param name="attributes">The context; not changed: a reference that says so would be copied for each call.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Holds<TAttributes>(
        CompiledProgram program, ref readonly Instruction instruction, int handle, scoped ref TAttributes attributes)
        where TAttributes : IAttributes, allows ref struct
    {
        if (handle == IAttributes.Missing)
        {
            return false;
        }

        ref readonly ScalarSet set = ref program.ScalarSets[instruction.Operand];
        ReadOnlySpan<int> numbers = program.ScalarSetNumbers.AsSpan(set.Start, set.Count);
        if (numbers.Length > ScalarSet.LinearLimit)
        {
            return HoldsMany(program, instruction.Slot, numbers, handle, ref attributes);
        }

        return attributes.IsIn(handle, numbers, program.Scalars);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool HoldsMany<TAttributes>(
        CompiledProgram program, int slot, ReadOnlySpan<int> numbers, int handle, scoped ref TAttributes attributes)
        where TAttributes : IAttributes, allows ref struct =>
        numbers.BinarySearch(program.Attributes.ScalarOf(slot, attributes.Get(handle))) >= 0;
}
