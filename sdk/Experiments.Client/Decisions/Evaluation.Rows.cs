using System.Runtime.CompilerServices;
using Experiments.Client.Bucketing;
using Experiments.Client.Snapshots;
using Experiments.Client.Targeting;

namespace Experiments.Client.Decisions;

/// <content>Everything for one user: rows are read, the rest is run.</content>
internal ref partial struct Evaluation<TAttributes, TTrace>
{
    // What is known of conditions.
    private const byte Untested = 0;
    private const byte DoNotHold = 1;
    private const byte DoHold = 2;

    /// <summary>Decides every row (row decide-all-1000 of <c>Experiments.Benchmarks bars</c>).</summary>
    /// <param name="rows">Of this program.</param>
    /// <param name="endings">As long; receives how each ends.</param>
    public void RunAll(ReadOnlySpan<FlagRow> rows, Span<int> endings)
    {
        Span<byte> conditions = _conditions;
        conditions[FlagRow.NoConditions] = DoHold;
        ReadOnlySpan<ulong> buckets = _buckets[..(_program.Batches.Length * HashBatch.Lanes)];
        endings = endings[..rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            ref readonly FlagRow row = ref rows[i];
            int place = row.Next;
            if (row.Slot != FlagRow.NoSlot)
            {
                byte state = conditions[row.Conditions];
                if (state == Untested)
                {
                    state = Test(row.Conditions);
                }

                if (state == DoHold)
                {
                    // Counting has no branch that could be foretold wrongly.
                    int bucket = (int)buckets[row.Slot];
                    int cut = (bucket >= row.Second ? 1 : 0) + (bucket >= row.Third ? 1 : 0) + (bucket >= row.Fourth ? 1 : 0);
                    place += row.Endings[cut];
                }
            }
            else if (place >= 0)
            {
                // Each has the steps that it has alone.
                _steps = 0;
                place = ~Run(ShortRun.Run(_program, place, _cells, buckets));
            }

            endings[i] = ~place;
        }
    }

    /// <summary>Tests the conditions that rows share: once for all of them.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private byte Test(int conditions)
    {
        Instruction[] code = _program.Code;
        int place = _program.RowConditions[conditions];
        while (place >= 0 && code[place].Operation != Operation.Range)
        {
            ref readonly Instruction instruction = ref code[place];
            place = Holds(in instruction, out _) ? instruction.OnTrue : instruction.OnFalse;
        }

        return _conditions[conditions] = place >= 0 ? DoHold : DoNotHold;
    }
}
