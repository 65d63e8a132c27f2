namespace Experiments.Client.Targeting;

/// <summary>The condition on the length or on the elements of a list.</summary>
/// <param name="Entry">Where its instructions start; they end in true or false.</param>
/// <param name="Slots">Filled anew for each element.</param>
internal sealed record NestedCondition(int Entry, int[] Slots);
