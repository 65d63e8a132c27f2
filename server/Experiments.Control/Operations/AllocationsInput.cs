namespace Experiments.Control.Operations;

/// <summary>All allocations of an experiment.</summary>
internal sealed record AllocationsInput(IReadOnlyList<AllocationInput> Allocations);
