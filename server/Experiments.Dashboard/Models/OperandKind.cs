namespace Experiments.Dashboard.Models;

/// <summary>What an operator compares with, and so which editor its operand has.</summary>
internal enum OperandKind
{
    /// <summary>A text, a number, true, false or null.</summary>
    Value,

    /// <summary>Several of them.</summary>
    Values,
    Number,
    Text,
    Texts,

    /// <summary>Whether the attribute is set.</summary>
    Presence,
    Version,
    Time,
    Networks,
    Types,
    Pattern,
}
