using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Experiments.Client.Targeting;

namespace Experiments.Client.Decisions;

/// <summary>Room on the stack for the decisions of usual snapshots.</summary>
internal ref struct WorkspaceBuffer
{
    private CellBuffer _cells;
    private BucketBuffer _buckets;
    private StateBuffer _states;
    private StateBuffer _conditions;
    private RoutineBuffer _routines;
    private FrameBuffer _frames;

    [UnscopedRef]
    public Span<AttributeCell> Cells => _cells;

    [UnscopedRef]
    public Span<ulong> Buckets => _buckets;

    [UnscopedRef]
    public Span<byte> States => _states;

    [UnscopedRef]
    public Span<byte> Conditions => _conditions;

    [UnscopedRef]
    public Span<int> Routines => _routines;

    [UnscopedRef]
    public Span<Frame> Frames => _frames;

    [InlineArray(32)]
    private struct CellBuffer
    {
        private AttributeCell _first;
    }

    [InlineArray(128)]
    private struct BucketBuffer
    {
        private ulong _first;
    }

    [InlineArray(128)]
    private struct StateBuffer
    {
        private byte _first;
    }

    [InlineArray(32)]
    private struct RoutineBuffer
    {
        private int _first;
    }

    [InlineArray(32)]
    private struct FrameBuffer
    {
        private Frame _first;
    }
}
