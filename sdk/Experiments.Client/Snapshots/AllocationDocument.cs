namespace Experiments.Client.Snapshots;

/// <summary>An allocation on the wire. Bounds are any JSON number, as the schema has it: readers take what lies outside 0..9999 and
/// what is no integer, and decide by comparison.</summary>
internal sealed class AllocationDocument
{
    public required string VariantId { get; init; }

    public required double RangeStart { get; init; }

    /// <summary>Inclusive.</summary>
    public required double RangeEnd { get; init; }
}
