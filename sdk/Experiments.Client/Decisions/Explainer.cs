using System.Globalization;
using Experiments.Client.Snapshots;
using Experiments.Client.Targeting;

namespace Experiments.Client.Decisions;

/// <summary>Puts a watched decision into words.</summary>
internal sealed class Explainer
{
    private readonly CompiledSnapshot _snapshot;
    private readonly OperandTexts _operands;
    private readonly Func<int, string> _valueOf;
    private readonly List<ExplanationStep> _steps = [];
    private readonly Stack<(RuleStart[] Rules, int Rule)> _flags = new();

    private Explainer(CompiledSnapshot snapshot, Func<int, string> valueOf)
    {
        _snapshot = snapshot;
        _operands = new OperandTexts(snapshot.Program);
        _valueOf = valueOf;
    }

    public static Explanation Explain<TAttributes>(
        CompiledSnapshot snapshot, int flag, DecisionSurroundings surroundings, string userKey, scoped in TAttributes attributes)
        where TAttributes : IAttributes, allows ref struct
    {
        List<TraceEvent> events = [];
        Decision decision = Evaluator.Trace(snapshot, flag, surroundings, userKey, in attributes, new RecordingTrace(events));
        string[] values = new string[snapshot.Program.Paths.Length];
        foreach (int slot in events.Where(static e => e.Kind == TraceEventKind.Tested)
            .Select(e => snapshot.Program.Code[e.Place]).Where(static i => i.Operation is > Operation.Jump and < Operation.NowBefore)
            .Select(static i => i.Slot).Distinct())
        {
            values[slot] = OperandTexts.ValueText(snapshot.Program.Paths[slot], in attributes);
        }

        var explainer = new Explainer(snapshot, slot => values[slot]);
        explainer.Describe(snapshot.Flags[flag].Rules, events);
        return new Explanation { Decision = decision, Steps = explainer._steps };
    }

    private void Describe(RuleStart[] rules, List<TraceEvent> events)
    {
        _flags.Push((rules, -1));
        foreach (TraceEvent e in events)
        {
            switch (e.Kind)
            {
                case TraceEventKind.Tested:
                    Enter(e.Place);
                    DescribeTest(e);
                    break;
                case TraceEventKind.Bucketed:
                    Enter(e.Place);
                    DescribeBucket(e);
                    break;
                case TraceEventKind.Entered:
                    Enter(e.Place);
                    Routine routine = _snapshot.Program.Routines[e.Routine];
                    Add(
                        routine.IsFlag ? ExplanationStepKind.Prerequisite : ExplanationStepKind.Audience,
                        $"{(routine.IsFlag ? "flag" : "audience")} {routine.Name}:");
                    _flags.Push((routine.IsFlag && _snapshot.FlagByKey.TryGetValue(routine.Name, out int flag) ? _snapshot.Flags[flag].Rules : [], -1));
                    break;
                default:
                    _flags.Pop();
                    DescribeEnd(_snapshot.Program.Routines[e.Routine], (int)e.Number);
                    break;
            }
        }
    }

    /// <summary>Says which rule the instruction belongs to, where that is another than before.</summary>
    private void Enter(int place)
    {
        (RuleStart[] rules, int current) = _flags.Peek();
        int rule = Array.FindLastIndex(rules, start => start.Place <= place);
        if (rule > current)
        {
            _flags.Pop();
            _flags.Push((rules, rule));
            string id = rules[rule].Id is { } named ? $" {named}" : "";
            Add(ExplanationStepKind.Rule, string.Create(CultureInfo.InvariantCulture, $"rule {rule + 1}{id}:"));
        }
    }

    private void DescribeTest(TraceEvent e)
    {
        Instruction instruction = _snapshot.Program.Code[e.Place];
        (ExplanationStepKind kind, string subject) = instruction.Operation switch
        {
            Operation.Audience => (ExplanationStepKind.Audience, $"audience {_snapshot.Program.Routines[instruction.Operand].Name}"),
            Operation.Prerequisite => (ExplanationStepKind.Prerequisite, _operands.PrerequisiteText(instruction.Operand)),
            Operation.Sticky => (ExplanationStepKind.Sticky, $"sticky entry {_snapshot.Program.StickyRules[instruction.Operand].Entry}"),
            Operation.HasUnit => (ExplanationStepKind.Bucket, $"unit of hash {_snapshot.Program.Hashes[instruction.Slot].Named?.Name}"),
            Operation.NowBefore => (ExplanationStepKind.Condition, $"now is before {_operands.TextOf(in instruction)}"),
            _ => (ExplanationStepKind.Condition, ConditionText(in instruction)),
        };

        AddTest(kind, in instruction, subject, e.Holds, bucket: null);
    }

    /// <summary>The step holds where the rule's condition does: with the "not" that it stands under. "Not equal" is "equal" under one more.</summary>
    private void AddTest(ExplanationStepKind kind, ref readonly Instruction instruction, string subject, bool isTrue, ulong? bucket)
    {
        bool holds = isTrue ^ instruction.IsNegated;
        bool isNegated = instruction.IsNegated ^ (instruction.Operator is Operator.NotEqual or Operator.NotIn);
        Add(kind, $"{(isNegated ? "not " : "")}{subject}: {(holds ? "holds" : "does not hold")}", holds, bucket);
    }

    private string ConditionText(ref readonly Instruction instruction)
    {
        string value = _valueOf(instruction.Slot) is { } known ? $", which is {known}" : "";
        string operand = _operands.TextOf(in instruction) is { Length: > 0 } text ? $" {text}" : "";
        return $"{_snapshot.Program.Paths[instruction.Slot]} {OperatorNames.NameOf(instruction.Operator)}{operand}{value}";
    }

    private void DescribeBucket(TraceEvent e)
    {
        Instruction instruction = _snapshot.Program.Code[e.Place];
        string name = _snapshot.Program.Hashes[instruction.Slot].Named?.Name is { } named ? $"hash {named}" : "the experiment's salt";
        if (e.State != BucketState.Known)
        {
            string problem = e.State == BucketState.Missing ? "its unit is missing" : "the snapshot does not hold that hash";
            Add(ExplanationStepKind.Bucket, $"bucket of {name}: {problem}");
            return;
        }

        RangeTable table = _snapshot.Program.RangeTables[instruction.Operand];
        int target = Cuts.TargetOf(_snapshot.Program, in table, e.Number);
        string bucket = string.Create(CultureInfo.InvariantCulture, $"bucket {e.Number} of {name}");
        if (instruction.Operator == Operator.In)
        {
            bool isIn = target == instruction.OnTrue;
            AddTest(ExplanationStepKind.Bucket, in instruction, $"{bucket} in {_operands.RangesText(in table, instruction.OnTrue)}", isIn, e.Number);
            return;
        }

        string lead = target == instruction.OnFalse ? "in no range" : target < 0 && ~target >= Ending.FirstOutcome
            ? $"variant {_snapshot.Program.Outcomes[~target].VariantKey ?? "none"}"
            : "in a range";
        Add(ExplanationStepKind.Bucket, $"{bucket}: {lead}", holds: null, e.Number);
    }

    /// <summary>An audience that ended is tested next, which says how: only of a fault there is more to say.</summary>
    private void DescribeEnd(Routine routine, int ending)
    {
        string subject = $"{(routine.IsFlag ? "flag" : "audience")} {routine.Name}";
        ExplanationStepKind kind = routine.IsFlag ? ExplanationStepKind.Prerequisite : ExplanationStepKind.Audience;
        if (Ending.IsFault(ending))
        {
            Add(kind, $"{subject}: fault {Ending.NameOf(ending)}");
        }
        else if (routine.IsFlag)
        {
            Decision served = _snapshot.Program.Outcomes[ending];
            Add(kind, $"{subject} serves {served.VariantKey ?? "no variant"} ({served.ReasonText})");
        }
    }

    private void Add(ExplanationStepKind kind, string text, bool? holds = null, ulong? bucket = null) => _steps.Add(new ExplanationStep
    {
        Kind = kind,
        Text = text,
        Depth = _flags.Count - 1,
        Holds = holds,
        Bucket = bucket,
    });
}
