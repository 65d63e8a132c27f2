using System.Buffers;
using Experiments.Client.Snapshots;
using Experiments.Client.Targeting;

namespace Experiments.Client.Decisions;

/// <summary>
/// What a decision remembers on the way, so that nothing is found or computed twice: attributes, buckets, and what audiences and
/// prerequisites came to. In memory of the caller's where that is enough, else in pooled arrays.
/// </summary>
internal ref struct Workspace
{
    private AttributeCell[]? _rentedCells;
    private ulong[]? _rentedBuckets;
    private byte[]? _rentedStates;
    private byte[]? _rentedConditions;
    private int[]? _rentedRoutines;
    private Frame[]? _rentedFrames;

    /// <param name="program">What is decided by.</param>
    /// <param name="bucketCount">How many buckets are to be remembered.</param>
    /// <param name="conditionCount">How many conditions of rows are to be remembered.</param>
    /// <param name="stack">The caller's; not initialized, for clearing what is used takes less time than clearing all.</param>
    public Workspace(CompiledProgram program, int bucketCount, int conditionCount, ref WorkspaceBuffer stack)
    {
        Cells = Take(program.Paths.Length, stack.Cells, ref _rentedCells);
        Cells.Clear();
        Buckets = Take(bucketCount, stack.Buckets, ref _rentedBuckets);
        BucketStates = Take(bucketCount, stack.States, ref _rentedStates);
        BucketStates.Clear();
        Conditions = Take(conditionCount, stack.Conditions, ref _rentedConditions);
        Conditions.Clear();
        Routines = Take(program.Routines.Length, stack.Routines, ref _rentedRoutines);
        Routines.Clear();

        // Each routine is open at most once.
        Frames = Take(program.Routines.Length, stack.Frames, ref _rentedFrames);
    }

    /// <summary>By slot of the attribute.</summary>
    public Span<AttributeCell> Cells { get; }

    /// <summary>By slot of the hash.</summary>
    public Span<ulong> Buckets { get; }

    /// <summary>By slot of the hash: see <see cref="BucketState"/>.</summary>
    public Span<byte> BucketStates { get; }

    /// <summary>By number of the conditions of rows: what is known of them.</summary>
    public Span<byte> Conditions { get; }

    /// <summary>By routine: 0 = not called yet, 1 = under way, else how it ended, shifted.</summary>
    public Span<int> Routines { get; }

    /// <summary>Calls that are under way.</summary>
    public Span<Frame> Frames { get; }

    public void Dispose()
    {
        Return(ref _rentedCells);
        Return(ref _rentedBuckets);
        Return(ref _rentedStates);
        Return(ref _rentedConditions);
        Return(ref _rentedRoutines);
        Return(ref _rentedFrames);
    }

    private static Span<T> Take<T>(int count, Span<T> stack, scoped ref T[]? rented) =>
        (count <= stack.Length ? stack : (rented = ArrayPool<T>.Shared.Rent(count)))[..count];

    private static void Return<T>(ref T[]? rented)
    {
        if (rented is not null)
        {
            ArrayPool<T>.Shared.Return(rented);
            rented = null;
        }
    }
}
