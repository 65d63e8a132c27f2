namespace Experiments.Client.Targeting;

/// <summary>What a condition tests, after the operand has been looked at: an operator whose operand can match nothing is
/// <see cref="Never"/> already at load.</summary>
internal enum Operator : byte
{
    Never,
    Equal,
    NotEqual,
    In,
    NotIn,
    Contains,
    GreaterThan,
    LessThan,
}
