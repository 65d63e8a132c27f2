using System.Runtime.CompilerServices;
using Experiments.Client.Bucketing;
using Experiments.Client.Targeting;
using Experiments.Client.Targeting.Text;

namespace Experiments.Client.Snapshots;

/// <summary>
/// The instructions of a whole snapshot with what their operands number. Immutable; decided from without allocation.
/// </summary>
internal sealed record CompiledProgram
{
    public required Instruction[] Code { get; init; }

    /// <summary>By <see cref="FlagRow.Conditions"/>: the first instruction of the conditions, which split follows whichever, once they
    /// all hold. The first one stands for no conditions.</summary>
    public required int[] RowConditions { get; init; }

    public required AttributeIndex Attributes { get; init; }

    /// <summary>By slot.</summary>
    public required AttributePath[] Paths { get; init; }

    public required Scalar[] Scalars { get; init; }

    public required ScalarSet[] ScalarSets { get; init; }

    /// <summary>What <see cref="ScalarSets"/> are runs of.</summary>
    public required int[] ScalarSetNumbers { get; init; }

    public required FoldedSet[] FoldedSets { get; init; }

    public required double[] Numbers { get; init; }

    public required Instant[] Instants { get; init; }

    public required TextTest[] TextTests { get; init; }

    public required NestedCondition[] NestedConditions { get; init; }

    public required CompiledHash[] Hashes { get; init; }

    /// <summary>What the literals of <see cref="Hashes"/> are runs of.</summary>
    public required uint[] LiteralWords { get; init; }

    /// <summary>Batch i computes the hashes of the slots from <c>i * HashBatch.Lanes</c> on.</summary>
    public required HashBatch[] Batches { get; init; }

    /// <summary>Number of slots that remember a bucket when everything is decided.</summary>
    public required int HashSlotCount { get; init; }

    /// <summary>Number of slots that remember a bucket when one flag is decided.</summary>
    public required int SharedHashSlotCount { get; init; }

    public required RangeTable[] RangeTables { get; init; }

    /// <summary>First bucket of each cut.</summary>
    public required ulong[] CutStarts { get; init; }

    /// <summary>Where each cut leads: see <see cref="Instruction"/>.</summary>
    public required int[] CutTargets { get; init; }

    public required StickyRule[] StickyRules { get; init; }

    public required Prerequisite[] Prerequisites { get; init; }

    public required ExperimentLink[] Links { get; init; }

    public required Routine[] Routines { get; init; }

    /// <summary>By number of the outcome; what comes before <see cref="Ending.FirstOutcome"/> is empty.</summary>
    public required Decision[] Outcomes { get; init; }

    /// <summary>Where the form of the hash is <see cref="HashForm.UserKeyAndLiteral"/>. Not inlined: decisions without a hash need none of
    /// the registers that it takes (row flag-is-on of <c>Experiments.Benchmarks bars</c>).</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public ulong BucketOf(ref readonly CompiledHash hash, string userKey) =>
        hash.Space.BucketOf(UserKeyHash.Hash(userKey, hash.Seed, LiteralOf(in hash)));

    public HashLiteral LiteralOf(ref readonly CompiledHash hash) =>
        new(LiteralWords.AsSpan(hash.LiteralStart, HashLiteral.WordCount(hash.LiteralLength)), hash.LiteralLength);
}
