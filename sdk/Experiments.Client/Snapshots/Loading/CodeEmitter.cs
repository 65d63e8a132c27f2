using System.Runtime.InteropServices;
using Experiments.Client.Targeting;

namespace Experiments.Client.Snapshots.Loading;

/// <summary>
/// Turns predicates into instructions. "And", "or" and "not" leave none: each condition says where to go next when it holds and when it
/// does not. Places that are not known yet are labels until <see cref="Resolve"/>.
/// </summary>
internal sealed class CodeEmitter(PredicateTree predicates, HashBuilder hashes, RangeTableBuilder ranges)
{
    private readonly List<Instruction> _code = [];
    private readonly List<Label> _labels = [];
    private int _unresolved;

    public int Count => _code.Count;

    public EmissionTracker Tracker { get; } = new(hashes);

    public int NewLabel()
    {
        _labels.Add(default);
        return _labels.Count - 1;
    }

    /// <summary>A label that ends the run.</summary>
    public int EndLabel(int ending)
    {
        _labels.Add(new Label(~ending, IsAlias: false));
        return _labels.Count - 1;
    }

    /// <summary>A label for the next instruction.</summary>
    public int Here()
    {
        _labels.Add(new Label(_code.Count, IsAlias: false));
        return _labels.Count - 1;
    }

    public void Alias(int label, int other) => _labels[label] = new Label(other, IsAlias: true);

    /// <summary>Adds one instruction, whose targets are labels, and answers the label of it.</summary>
    public int Emit(Instruction instruction)
    {
        int label = Here();
        Tracker.Add(_code.Count, in instruction);
        _code.Add(instruction);
        return label;
    }

    /// <summary>Adds a predicate and answers the label of where it starts.</summary>
    public int Emit(int predicate, int onTrue, int onFalse) => Emit(predicate, onTrue, onFalse, isNegated: false);

    private int Emit(int predicate, int onTrue, int onFalse, bool isNegated)
    {
        ref readonly Predicate node = ref predicates[predicate];
        return node.Kind switch
        {
            PredicateKind.True => onTrue,
            PredicateKind.False => onFalse,
            PredicateKind.Fault => EmitFault(node.Operand),
            PredicateKind.Not => Emit(node.FirstChild, onFalse, onTrue, !isNegated),
            PredicateKind.All => EmitAll(node.FirstChild, onTrue, onFalse, isNegated),
            PredicateKind.Any => EmitAny(node.FirstChild, onTrue, onFalse, isNegated),
            PredicateKind.Bucket => EmitBucket(in node, onTrue, onFalse, isNegated),
            _ => Emit(new Instruction
            {
                Operation = node.Operation,
                Operator = node.Operator,
                IsNegated = isNegated,
                Slot = node.Slot,
                Operand = node.Operand,
                OnTrue = onTrue,
                OnFalse = onFalse,
            }),
        };
    }

    /// <summary>Where the label is.</summary>
    public int TargetOf(int label)
    {
        Label found = _labels[label];
        while (found.IsAlias)
        {
            found = _labels[found.Target];
        }

        // A chain is walked once: each rule without instructions makes it one longer.
        for (Label alias = _labels[label]; alias.IsAlias; alias = _labels[label])
        {
            _labels[label] = found;
            label = alias.Target;
        }

        return found.Target;
    }

    /// <summary>Puts places for the labels of everything that was added since, and forgets the labels.</summary>
    public void Resolve()
    {
        foreach (ref Instruction instruction in CollectionsMarshal.AsSpan(_code)[_unresolved..])
        {
            instruction.OnTrue = TargetOf(instruction.OnTrue);
            instruction.OnFalse = TargetOf(instruction.OnFalse);
        }

        ranges.Resolve(TargetOf);
        _unresolved = _code.Count;
        _labels.Clear();
    }

    public void Replace(int instruction, Instruction replacement) => _code[instruction] = replacement;

    public Instruction this[int instruction] => _code[instruction];

    public Instruction[] ToArray() => [.. _code];

    private int EmitAll(int child, int onTrue, int onFalse, bool isNegated)
    {
        int entry = Predicate.None;
        int pending = Predicate.None;
        for (; child != Predicate.None; child = predicates[child].NextSibling)
        {
            bool isLast = predicates[child].NextSibling == Predicate.None;
            int next = isLast ? onTrue : NewLabel();
            Connect(ref entry, pending, Emit(child, next, onFalse, isNegated));
            pending = next;
        }

        return entry == Predicate.None ? onTrue : entry;
    }

    private int EmitAny(int child, int onTrue, int onFalse, bool isNegated)
    {
        int entry = Predicate.None;
        int pending = Predicate.None;
        for (; child != Predicate.None; child = predicates[child].NextSibling)
        {
            bool isLast = predicates[child].NextSibling == Predicate.None;
            int next = isLast ? onFalse : NewLabel();
            Connect(ref entry, pending, Emit(child, onTrue, next, isNegated));
            pending = next;
        }

        return entry == Predicate.None ? onFalse : entry;
    }

    /// <summary>Where one child leads on, the next one starts.</summary>
    private void Connect(ref int entry, int pending, int start)
    {
        if (entry == Predicate.None)
        {
            entry = start;
        }
        else
        {
            Alias(pending, start);
        }
    }

    private int EmitFault(int ending)
    {
        Tracker.AddFault();
        return EndLabel(ending);
    }

    private int EmitBucket(ref readonly Predicate node, int onTrue, int onFalse, bool isNegated)
    {
        int table = ranges.Add(
            node.Operand,
            hashes.BucketCountOf(node.Operand),
            CollectionsMarshal.AsSpan(predicates.Ranges).Slice(node.FirstRange, node.RangeCount),
            onTrue,
            onFalse);
        return Emit(new Instruction
        {
            Operation = Operation.Range,
            Operator = Operator.In,
            IsNegated = isNegated,
            Slot = node.Operand,
            Operand = table,
            OnTrue = onTrue,
            OnFalse = onFalse,
        });
    }

    private readonly record struct Label(int Target, bool IsAlias);
}
