using Experiments.Control.Definitions;

namespace Experiments.Control.Operations;

/// <summary>A split and what follows from it.</summary>
/// <param name="Split">As it is kept; null where the ranges were given as they are.</param>
/// <param name="Allocations">Its ranges, by range start.</param>
/// <param name="Layer">Its layer with the claim; null where it has none.</param>
internal sealed record BuiltSplit(SplitDefinition? Split, IReadOnlyList<AllocationDefinition> Allocations, LayerDefinition? Layer);
