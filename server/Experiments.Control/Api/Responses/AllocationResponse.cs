using Experiments.Control.Definitions;

namespace Experiments.Control.Api.Responses;

/// <summary>An allocation in answers.</summary>
internal sealed record AllocationResponse(Guid Id, Guid VariantId, int RangeStart, int RangeEnd, Guid ExperimentId)
{
    public static AllocationResponse From(AllocationDefinition allocation, Guid experimentId) =>
        new(allocation.Id, allocation.VariantId, allocation.RangeStart, allocation.RangeEnd, experimentId);
}
