namespace Experiments.Client.Targeting;

/// <summary>What an instruction does. "Not" is none of them: it swaps where to go next.</summary>
internal enum Operation : byte
{
    /// <summary>Goes to <see cref="Instruction.OnTrue"/>.</summary>
    Jump,

    /// <summary>The attribute is one scalar, strictly. Operand: its number.</summary>
    Equal,

    /// <summary>The attribute is one of several scalars, strictly. Operand: a <see cref="ScalarSet"/>.</summary>
    In,

    /// <summary>Number comparisons. Operand: a number.</summary>
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,

    /// <summary>The attribute is text that passes. Operand: a <see cref="TextTest"/>.</summary>
    Text,

    /// <summary>Like <see cref="In"/>, but text is compared ignoring case. Operand: a <see cref="FoldedSet"/>.</summary>
    InIgnoringCase,

    /// <summary>Points in time. Operand: an instant.</summary>
    Before,
    After,

    /// <summary>The attribute is there and not null.</summary>
    Exists,

    /// <summary>The attribute is of one of several types. Operand: bits by <see cref="ContextValueKind"/>.</summary>
    Kind,

    /// <summary>The length of a list, or one of its elements, passes other conditions. Operand: a <see cref="NestedCondition"/>.</summary>
    Size,
    Some,

    /// <summary>The decision's own time. Operand: an instant.</summary>
    NowBefore,

    /// <summary>Goes where the bucket leads: a condition or a split. Operand: a range table of the snapshot.</summary>
    Range,

    /// <summary>The unit of a hash is there. Operand: a hash.</summary>
    HasUnit,

    /// <summary>An entry of the sticky store answers. Operand: a sticky rule of the snapshot.</summary>
    Sticky,

    /// <summary>An audience holds. Operand: a routine of the snapshot.</summary>
    Audience,

    /// <summary>Another flag serves one of several variants. Operand: a prerequisite of the snapshot.</summary>
    Prerequisite,

    /// <summary>The flag that decides this experiment. Operand: a link of the snapshot.</summary>
    Linked,
}
