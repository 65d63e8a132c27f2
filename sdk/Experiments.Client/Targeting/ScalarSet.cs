namespace Experiments.Client.Targeting;

/// <summary>The operand of <c>in</c> and <c>notIn</c>: a run of a snapshot's list of scalar numbers, ascending.</summary>
/// <param name="Start">Of the run.</param>
/// <param name="Count">Length of the run.</param>
/// <param name="Mask">The bits of all of them; 0 where one has none.</param>
internal readonly record struct ScalarSet(int Start, int Count, ulong Mask)
{
    /// <summary>Up to this many, comparing one after another beats looking up which scalar the value is.</summary>
    public const int LinearLimit = 8;
}
