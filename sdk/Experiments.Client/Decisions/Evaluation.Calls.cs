using System.Buffers;
using System.Runtime.CompilerServices;
using Experiments.Client.Snapshots;
using Experiments.Client.Targeting;

namespace Experiments.Client.Decisions;

/// <content>Whatever takes more than a look at one attribute or bucket.</content>
internal ref partial struct Evaluation<TAttributes, TTrace>
{
    // Conditions on lists within conditions on lists multiply; a snapshot that made one decision take this long would be a mistake or
    // an attack.
    private const int MaxSteps = 1_000_000;

    // Each such condition within another takes the thread's stack, also where it is an audience's that is asked for there.
    private const int MaxNesting = 64;

    private const int StackElements = 64;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int Detour(ref readonly Instruction instruction, int place)
    {
        switch (instruction.Operation)
        {
            case Operation.HasUnit:
                BucketState state = BucketOf(instruction.Slot, out _);
                _trace.Tested(place, state == BucketState.Known);
                return state switch
                {
                    BucketState.Known => instruction.OnTrue,
                    BucketState.Missing => instruction.OnFalse,
                    _ => ~Ending.Malformed,
                };
            case Operation.Sticky:
                return AskSticky(in instruction, place);
            case Operation.Audience:
                return TryCall(instruction.Operand, place, out int audience)
                    ? audience
                    : Test(in instruction, place, audience == Ending.True);
            case Operation.Prerequisite:
                Prerequisite prerequisite = _program.Prerequisites[instruction.Operand];
                return TryCall(prerequisite.Routine, place, out int flag)
                    ? flag
                    : Test(in instruction, place, Serves(prerequisite, _program.Outcomes[flag].VariantKey));
            default:
                ExperimentLink link = _program.Links[instruction.Operand];
                return TryCall(link.Routine, place, out int decided) ? decided : Follow(link, in instruction, _program.Outcomes[decided]);
        }
    }

    private int Test(ref readonly Instruction instruction, int place, bool holds)
    {
        _trace.Tested(place, holds);
        return holds ? instruction.OnTrue : instruction.OnFalse;
    }

    /// <summary>Calls a routine that was not called yet.</summary>
    /// <param name="routine">Which.</param>
    /// <param name="place">The instruction that calls; it runs again once the routine has ended.</param>
    /// <param name="result">Where to go on; or, once the routine has ended, its ending.</param>
    /// <returns>False where the routine has ended.</returns>
    private bool TryCall(int routine, int place, out int result)
    {
        int state = _routines[routine];
        if (state == UnderWay)
        {
            result = ~Ending.Cycle;
            return true;
        }

        if (state != 0)
        {
            result = state - EndingShift;
            bool isFault = Ending.IsFault(result);
            result = isFault ? ~result : result;
            return isFault;
        }

        _trace.Entered(place, routine);
        _routines[routine] = UnderWay;
        _frames[_depth++] = new Frame(place, routine);
        result = _program.Routines[routine].Entry;
        return true;
    }

    /// <summary>A routine has ended; a fault ends those that called it too.</summary>
    private int Return(int ending)
    {
        Frame frame = _frames[--_depth];
        _routines[frame.Routine] = ending + EndingShift;
        _trace.Left(frame.Routine, ending);
        return Ending.IsFault(ending) ? ~ending : frame.Place;
    }

    private static bool Serves(Prerequisite prerequisite, string? variantKey)
    {
        foreach (string? key in prerequisite.VariantKeys)
        {
            if (string.Equals(key, variantKey, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static int Follow(ExperimentLink link, ref readonly Instruction instruction, Decision decided) =>
        decided is { IsFromSplit: true, VariantKey: { } key } && link.OutcomeByVariantKey.TryGetValue(key, out int outcome)
            ? ~outcome
            : instruction.OnFalse;

    private int AskSticky(ref readonly Instruction instruction, int place)
    {
        StickyRule rule = _program.StickyRules[instruction.Operand];
        foreach (string blocked in rule.Blocked)
        {
            if (_surroundings.FindSticky(_userKey, blocked) is not null)
            {
                return instruction.OnTrue;
            }
        }

        int target = instruction.OnFalse;
        bool isFound = _surroundings.FindSticky(_userKey, rule.Entry) is { } value && rule.Targets.TryGetValue(value, out target);
        _trace.Tested(place, isFound);
        return isFound ? target : instruction.OnFalse;
    }

    private bool HoldsNested(ref readonly Instruction instruction, out int fault)
    {
        fault = 0;
        ref readonly AttributeCell list = ref _cells[instruction.Slot];
        int count = list.Kind == ContextValueKind.Array ? _attributes.ElementCount(list.Handle) : -1;
        if (count < 0)
        {
            return false;
        }

        if (_nesting >= MaxNesting)
        {
            fault = Ending.General;
            return false;
        }

        _nesting++;
        bool holds = HoldsNested(in instruction, list.Handle, count, out fault);
        _nesting--;
        return holds;
    }

    private bool HoldsNested(ref readonly Instruction instruction, int handle, int count, out int fault)
    {
        fault = 0;
        NestedCondition condition = _program.NestedConditions[instruction.Operand];
        if (instruction.Operation == Operation.Size)
        {
            return HoldsFor(condition, _attributes.LengthOf(handle), out fault);
        }

        int[]? rented = null;
        Span<int> elements = count <= StackElements ? stackalloc int[StackElements] : (rented = ArrayPool<int>.Shared.Rent(count));
        elements = elements[..count];
        _attributes.Elements(handle, elements);
        bool holds = false;
        foreach (int element in elements)
        {
            holds = HoldsFor(condition, element, out fault);
            if (holds || fault != 0)
            {
                break;
            }
        }

        if (rented is not null)
        {
            ArrayPool<int>.Shared.Return(rented);
        }

        return holds;
    }

    private bool HoldsFor(NestedCondition condition, int element, out int fault)
    {
        fault = 0;
        if (++_steps > MaxSteps)
        {
            fault = Ending.General;
            return false;
        }

        foreach (int slot in condition.Slots)
        {
            int handle = _attributes.Walk(element, _program.Paths[slot].Segments);
            _cells[slot] = handle == IAttributes.Missing
                ? default
                : AttributeCell.Of(_program.Attributes, slot, handle, _attributes.Get(handle));
        }

        int ending = Run(condition.Entry);
        fault = Ending.IsFault(ending) ? ending : 0;
        return ending == Ending.True;
    }
}
