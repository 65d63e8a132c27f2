using System.Runtime.InteropServices;
using Experiments.Client.Bucketing;
using Experiments.Client.Targeting;

namespace Experiments.Client.Snapshots.Loading;

/// <summary>Finds the flags and experiments that are conditions and a split, and numbers the conditions that they share.</summary>
internal sealed class RowBuilder
{
    private readonly CompiledProgram _program;
    private readonly RunPool _conditions = new();
    private readonly List<int> _places = [];
    private readonly List<int> _scratch = [];

    /// <param name="program">With everything but what this builds.</param>
    public RowBuilder(CompiledProgram program)
    {
        _program = program;

        // No conditions come first, and no instruction tests them.
        TryNumber(place: 0, out _);
    }

    /// <summary>By number: see <see cref="CompiledProgram.RowConditions"/>.</summary>
    public int[] Conditions => [.. _places];

    /// <param name="entry">The first instruction, or <c>~ending</c>.</param>
    public FlagRow RowOf(int entry)
    {
        _scratch.Clear();
        var row = new FlagRow { Next = entry, Slot = FlagRow.NoSlot };
        int place = entry;
        int next = 0;
        while (place >= 0)
        {
            ref readonly Instruction instruction = ref _program.Code[place];
            if (instruction.Operation == Operation.Range)
            {
                return TryCut(in _program.RangeTables[instruction.Operand], next, out FlagRow split) && TryNumber(entry, out split.Conditions)
                    ? split
                    : row;
            }

            bool isNegated = instruction.OnTrue < 0;
            int miss = isNegated ? instruction.OnTrue : instruction.OnFalse;
            if (!IsCondition(instruction.Operation) || miss >= 0 || (next != 0 && miss != next))
            {
                break;
            }

            _scratch.AddRange([(int)instruction.Operation, instruction.Slot, instruction.Operand, isNegated ? 1 : 0]);
            next = miss;
            place = isNegated ? instruction.OnFalse : instruction.OnTrue;
        }

        return row;
    }

    /// <summary>Whether it comes out the same whenever it is tested, and is neither a fault nor a call.</summary>
    private static bool IsCondition(Operation operation) =>
        operation is >= Operation.Equal and <= Operation.Kind;

    /// <summary>Whether the split fits in a row.</summary>
    /// <param name="table">Of the split.</param>
    /// <param name="next">Where a condition that does not hold leads; 0 where there is none.</param>
    /// <param name="row">All but its conditions.</param>
    private bool TryCut(ref readonly RangeTable table, int next, out FlagRow row)
    {
        ReadOnlySpan<ulong> starts = _program.CutStarts.AsSpan(table.Start, table.Count);
        ReadOnlySpan<int> targets = _program.CutTargets.AsSpan(table.Start, table.Count);
        row = new FlagRow
        {
            Next = next == 0 ? targets[0] : next,
            Slot = table.Slot,
            Second = CutOf(starts, 1),
            Third = CutOf(starts, 2),
            Fourth = CutOf(starts, 3),
        };
        if (table.Slot >= _program.Batches.Length * HashBatch.Lanes || targets.Length > FlagRow.MaxCuts)
        {
            return false;
        }

        for (int i = 0; i < targets.Length; i++)
        {
            int distance = targets[i] - row.Next;
            if (targets[i] >= 0 || distance != (sbyte)distance)
            {
                return false;
            }

            row.Endings[i] = (sbyte)distance;
        }

        return true;
    }

    private static ushort CutOf(ReadOnlySpan<ulong> starts, int cut) => cut < starts.Length ? (ushort)starts[cut] : FlagRow.NoCut;

    /// <summary>The number of the conditions that were noted.</summary>
    private bool TryNumber(int place, out ushort number)
    {
        bool isNew = _conditions.TryAdd(CollectionsMarshal.AsSpan(_scratch), out int any);
        number = (ushort)any;
        if (any > ushort.MaxValue)
        {
            return false;
        }

        if (isNew)
        {
            _places.Add(place);
        }

        return true;
    }
}
