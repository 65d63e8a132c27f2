using System.Runtime.CompilerServices;
using Experiments.Client.Snapshots;
using Experiments.Client.Targeting;
using Experiments.Client.Targeting.Text;

namespace Experiments.Client.Decisions;

/// <summary>
/// One decision, or all decisions for one user, under way: runs the instructions of the snapshot. Audiences and prerequisites are calls
/// with an explicit stack, so that no chain of them, however long, can overflow the thread's.
/// </summary>
internal ref partial struct Evaluation<TAttributes, TTrace>
    where TAttributes : IAttributes, allows ref struct
    where TTrace : struct, ITrace
{
    // In a cell of the routines 0 and 1 mean "not called yet" and "under way".
    private const int EndingShift = 2;
    private const int UnderWay = 1;

    private readonly CompiledProgram _program;
    private readonly DecisionSurroundings _surroundings;
    private readonly string _userKey;
    private readonly TAttributes _attributes;
    private readonly Span<AttributeCell> _cells;
    private readonly Span<ulong> _buckets;
    private readonly Span<byte> _bucketStates;
    private readonly Span<byte> _conditions;
    private readonly Span<int> _routines;
    private readonly Span<Frame> _frames;
    private readonly bool _decidesAll;
    private readonly TTrace _trace;
    private int _depth;
    private int _steps;
    private int _nesting;
    private bool _hasNow;
    private Instant _now;

    /// <summary>A decision that remembers nothing on the way: of a flag that needs no <see cref="Workspace"/>.</summary>
    public Evaluation(CompiledProgram program, DecisionSurroundings surroundings, string userKey, scoped in TAttributes attributes)
    {
        _program = program;
        _surroundings = surroundings;
        _userKey = userKey;
        _attributes = attributes;
    }

    /// <param name="program">What is decided by.</param>
    /// <param name="surroundings">Time and sticky store.</param>
    /// <param name="userKey">Who is decided for.</param>
    /// <param name="attributes">The context.</param>
    /// <param name="workspace">Cleared.</param>
    /// <param name="decidesAll">Whether buckets are remembered by the hash's own slot, or only those of shared hashes.</param>
    /// <param name="trace">Watches.</param>
    public Evaluation(
        CompiledProgram program,
        DecisionSurroundings surroundings,
        string userKey,
        scoped in TAttributes attributes,
        Workspace workspace,
        bool decidesAll,
        TTrace trace)
        : this(program, surroundings, userKey, in attributes)
    {
        _cells = workspace.Cells;
        _buckets = workspace.Buckets;
        _bucketStates = workspace.BucketStates;
        _conditions = workspace.Conditions;
        _routines = workspace.Routines;
        _frames = workspace.Frames;
        _decidesAll = decidesAll;
        _trace = trace;
        _attributes.Fill(program.Attributes, _cells);
        if (decidesAll)
        {
            HashBatches();
        }
    }

    /// <summary>Runs to the end and answers it: see <see cref="Ending"/>.</summary>
    /// <param name="place">An instruction, or <c>~ending</c>.</param>
    public int Run(int place)
    {
        Instruction[] code = _program.Code;
        int depth = _depth;
        while (true)
        {
            while (place >= 0)
            {
                ref readonly Instruction instruction = ref code[place];
                if (instruction.Operation == Operation.Range)
                {
                    place = Lead(in instruction, place);
                }
                else if (instruction.Operation < Operation.Range)
                {
                    bool holds = Holds(in instruction, out int fault);
                    _trace.Tested(place, holds);
                    place = fault != 0 ? ~fault : holds ? instruction.OnTrue : instruction.OnFalse;
                }
                else
                {
                    place = Detour(in instruction, place);
                }
            }

            if (_depth == depth)
            {
                return ~place;
            }

            place = Return(~place);
        }
    }

    private bool Holds(ref readonly Instruction instruction, out int fault)
    {
        fault = 0;
        return instruction.Operation switch
        {
            Operation.Equal => _cells.IsEmpty
                ? _attributes.Is(Find(instruction.Slot), in _program.Scalars[instruction.Operand])
                : _cells[instruction.Slot].Scalar == instruction.Operand,
            Operation.In => _cells.IsEmpty
                ? ScalarSets.Holds(_program, in instruction, Find(instruction.Slot), ref Unsafe.AsRef(in _attributes))
                : ScalarSets.Holds(_program, in _program.ScalarSets[instruction.Operand], in _cells[instruction.Slot]),
            _ => HoldsOther(in instruction, out fault),
        };
    }

    private bool HoldsOther(ref readonly Instruction instruction, out int fault)
    {
        fault = 0;
        switch (instruction.Operation)
        {
            case Operation.Jump:
                return true;
            case Operation.NowBefore:
                return Now() < _program.Instants[instruction.Operand];
            case Operation.Size:
            case Operation.Some:
                return HoldsNested(in instruction, out fault);
        }

        AttributeValue value = Get(instruction.Slot);
        switch (instruction.Operation)
        {
            case Operation.Greater:
                return value.Kind == ContextValueKind.Number && value.Number > _program.Numbers[instruction.Operand];
            case Operation.GreaterOrEqual:
                return value.Kind == ContextValueKind.Number && value.Number >= _program.Numbers[instruction.Operand];
            case Operation.Less:
                return value.Kind == ContextValueKind.Number && value.Number < _program.Numbers[instruction.Operand];
            case Operation.LessOrEqual:
                return value.Kind == ContextValueKind.Number && value.Number <= _program.Numbers[instruction.Operand];
            case Operation.Text:
                return value.Kind == ContextValueKind.String && _program.TextTests[instruction.Operand].Holds(value.Text);
            case Operation.InIgnoringCase:
                return _program.FoldedSets[instruction.Operand].Holds(in value);
            case Operation.Before:
                return TimeOf(in value) < _program.Instants[instruction.Operand];
            case Operation.After:
                return TimeOf(in value) > _program.Instants[instruction.Operand];
            case Operation.Exists:
                return value.Kind is not (ContextValueKind.Missing or ContextValueKind.Null) == (instruction.Operand == 1);
            default:
                return (instruction.Operand & (1 << (int)value.Kind)) != 0;
        }
    }

    private readonly int Find(int slot) => _attributes.Find(_program.Paths[slot]);

    private readonly AttributeValue Get(int slot)
    {
        if (_cells.IsEmpty)
        {
            int handle = Find(slot);
            return handle == IAttributes.Missing ? default : _attributes.Get(handle);
        }

        ref readonly AttributeCell cell = ref _cells[slot];
        return cell.Kind == ContextValueKind.String
            ? _attributes.Get(cell.Handle)
            : new AttributeValue(cell.Kind, cell.Number, default);
    }

    /// <summary>The same throughout the decision.</summary>
    private Instant Now()
    {
        if (!_hasNow)
        {
            _now = Instant.From(_surroundings.Now);
            _hasNow = true;
        }

        return _now;
    }

    private static Instant TimeOf(ref readonly AttributeValue value) => value.Kind switch
    {
        ContextValueKind.Number => Instant.FromUnixMs(value.Number),
        ContextValueKind.String when Timestamp.TryParse(value.Text, out Instant instant) => instant,
        _ => Instant.None,
    };
}
