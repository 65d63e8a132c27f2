namespace Experiments.Client.Targeting;

/// <summary>The operand of <c>in</c> and <c>notIn</c>: a run of a snapshot's list of scalar numbers, ascending.</summary>
internal readonly record struct ScalarSet(int Start, int Count)
{
    /// <summary>Up to this many, comparing one after another beats looking up which scalar the value is.</summary>
    public const int LinearLimit = 8;
}
