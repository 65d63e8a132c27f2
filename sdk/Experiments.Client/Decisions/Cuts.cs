using System.Runtime.CompilerServices;
using Experiments.Client.Snapshots;

namespace Experiments.Client.Decisions;

/// <summary>Where buckets lead.</summary>
internal static class Cuts
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int TargetOf(CompiledProgram program, ref readonly RangeTable table, ulong bucket)
    {
        ReadOnlySpan<ulong> starts = program.CutStarts.AsSpan(table.Start, table.Count);
        if (starts.Length > RangeTable.LinearLimit)
        {
            return program.CutTargets[table.Start + Search(starts, bucket)];
        }

        // Counting has no branch that could be foretold wrongly.
        int cut = 0;
        for (int i = 1; i < starts.Length; i++)
        {
            cut += bucket >= starts[i] ? 1 : 0;
        }

        return program.CutTargets[table.Start + cut];
    }

    private static int Search(ReadOnlySpan<ulong> starts, ulong bucket)
    {
        int found = starts.BinarySearch(bucket);
        return found >= 0 ? found : ~found - 1;
    }
}
