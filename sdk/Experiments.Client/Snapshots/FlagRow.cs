using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Experiments.Client.Snapshots;

/// <summary>
/// How a flag or experiment is decided when all of them are. Most are conditions, all of which have to hold, and a split into a few
/// variants: then this is all there is to it, and no instruction has to be run.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FlagRow
{
    /// <summary>In place of a slot: the instructions are to be run.</summary>
    public const int NoSlot = -1;

    /// <summary>For <see cref="Conditions"/>: there are none.</summary>
    public const int NoConditions = 0;

    /// <summary>A bucket above all of experiments.</summary>
    public const ushort NoCut = ushort.MaxValue;

    public const int MaxCuts = 4;

    /// <summary>Where a condition that does not hold leads: <c>~ending</c>. Without a slot, where the flag starts.</summary>
    public int Next;

    /// <summary>Of the bucket, which is one of a batch and so below the number of buckets of experiments.</summary>
    public int Slot;

    /// <summary>Number in <see cref="CompiledProgram.RowConditions"/>.</summary>
    public ushort Conditions;

    /// <summary>First buckets of the cuts after the first; filled up with <see cref="NoCut"/>.</summary>
    public ushort Second;
    public ushort Third;
    public ushort Fourth;

    /// <summary>Where each cut leads, as the distance from <see cref="Next"/>: the decisions of a flag are beside each other.</summary>
    public Distances Endings;

    [InlineArray(MaxCuts)]
    internal struct Distances
    {
        private sbyte _first;
    }
}
