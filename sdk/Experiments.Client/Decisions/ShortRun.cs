using System.Runtime.CompilerServices;
using Experiments.Client.Snapshots;
using Experiments.Client.Targeting;

namespace Experiments.Client.Decisions;

/// <summary>
/// The beginning of a run, which usually is all of it: comparisons and buckets, without any memory of what was found. Keeping the rest of
/// <see cref="Evaluation{TAttributes, TTrace}"/> out of these loops leaves them the processor's registers
/// (rows decide-one and decide-all-1000 of <c>Experiments.Benchmarks bars</c>).
/// </summary>
internal static class ShortRun
{
    /// <summary>Runs as far as it can and answers where it stopped: at an instruction, or at <c>~ending</c>.</summary>
    /// <param name="program">What is decided by.</param>
    /// <param name="flag">Its instructions start with comparisons or a bucket.</param>
    /// <param name="userKey">Who is decided for.</param>
    /// <param name="attributes">The context.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int Run<TAttributes>(
        CompiledProgram program, ref readonly CompiledFlag flag, string userKey, scoped ref TAttributes attributes)
        where TAttributes : IAttributes, allows ref struct
    {
        // Before it is known to be needed: every step of a hash waits for the one before, so the processor compares attributes meanwhile.
        int early = flag.EarlyHash;
        ulong bucket = early == CompiledHash.NoHash ? 0 : program.BucketOf(in program.Hashes[early], userKey);
        Instruction[] code = program.Code;
        int place = flag.Entry;
        while (place >= 0)
        {
            ref readonly Instruction instruction = ref code[place];
            if (instruction.Operation == Operation.Equal)
            {
                int handle = attributes.Find(program.Paths[instruction.Slot]);
                place = attributes.Is(handle, in program.Scalars[instruction.Operand]) ? instruction.OnTrue : instruction.OnFalse;
            }
            else if (instruction.Operation == Operation.In)
            {
                int handle = attributes.Find(program.Paths[instruction.Slot]);
                place = ScalarSets.Holds(program, in instruction, handle, ref attributes) ? instruction.OnTrue : instruction.OnFalse;
            }
            else if (instruction.Operation == Operation.Range && instruction.Slot == early)
            {
                place = Cuts.TargetOf(program, in program.RangeTables[instruction.Operand], bucket);
            }
            else
            {
                break;
            }
        }

        return place;
    }

    /// <summary>Runs as far as it can, with attributes and buckets looked up, and answers where it stopped.</summary>
    /// <param name="program">What is decided by.</param>
    /// <param name="place">Where to start.</param>
    /// <param name="cells">The attributes.</param>
    /// <param name="buckets">Those that are known: by slot of the hash.</param>
    public static int Run(CompiledProgram program, int place, ReadOnlySpan<AttributeCell> cells, ReadOnlySpan<ulong> buckets)
    {
        while (place >= 0)
        {
            ref readonly Instruction instruction = ref program.Code[place];
            if (instruction.Operation == Operation.Equal)
            {
                place = cells[instruction.Slot].Scalar == instruction.Operand ? instruction.OnTrue : instruction.OnFalse;
            }
            else if (instruction.Operation == Operation.In)
            {
                bool isIn = ScalarSets.Holds(program, in program.ScalarSets[instruction.Operand], in cells[instruction.Slot]);
                place = isIn ? instruction.OnTrue : instruction.OnFalse;
            }
            else if (instruction.Operation == Operation.Range
                && (uint)program.RangeTables[instruction.Operand].Slot < (uint)buckets.Length)
            {
                ref readonly RangeTable table = ref program.RangeTables[instruction.Operand];
                place = Cuts.TargetOf(program, in table, buckets[table.Slot]);
            }
            else
            {
                break;
            }
        }

        return place;
    }
}
