using Experiments.Client.Targeting;

namespace Experiments.Client.Snapshots.Loading;

/// <summary>What a snapshot is put together from while it is read: everything that its flags share.</summary>
internal sealed class SnapshotParts
{
    private int _unresolvedNested;

    public SnapshotParts()
    {
        Slots = new AttributeSlots(Limits);
        Operands = new OperandPools(Slots.Index);
        Conditions = new ConditionCompiler(Predicates, Slots.Index, Operands, Texts, Limits);
        Units = new UnitParser(Slots, Texts);
        VariantReader = new VariantReader(Pages);
        Code = new CodeEmitter(Predicates, Hashes, Ranges);
        PredicateParser = new PredicateParser(this);
        Definitions = new DefinitionBuilder(this);
    }

    public LoadLimits Limits { get; } = new();

    public TokenText Texts { get; } = new();

    public AttributeSlots Slots { get; }

    public OperandPools Operands { get; }

    public PredicateTree Predicates { get; } = new();

    public HashBuilder Hashes { get; } = new();

    public RangeTableBuilder Ranges { get; } = new();

    public RoutineBuilder Routines { get; } = new();

    public OutcomeBuilder Outcomes { get; } = new();

    public TextPages Pages { get; } = new();

    public VariantReader VariantReader { get; }

    /// <summary>Those of each flag and experiment in a run.</summary>
    public List<DecisionVariant> Variants { get; } = [];

    public List<StickyRule> StickyRules { get; } = [];

    public ConditionCompiler Conditions { get; }

    public UnitParser Units { get; }

    public CodeEmitter Code { get; }

    public PredicateParser PredicateParser { get; }

    public DefinitionBuilder Definitions { get; }

    /// <summary>Puts places for the labels of conditions on lists that were added since.</summary>
    public void ResolveNested()
    {
        List<NestedCondition> nested = Operands.Nested;
        for (; _unresolvedNested < nested.Count; _unresolvedNested++)
        {
            nested[_unresolvedNested] = nested[_unresolvedNested] with { Entry = Code.TargetOf(nested[_unresolvedNested].Entry) };
        }
    }
}
