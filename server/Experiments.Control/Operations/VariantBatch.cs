namespace Experiments.Control.Operations;

/// <summary>Changes to the variants of one experiment that are made together or not at all: deletions first, then updates, then
/// creations, so that a key can be given to another variant in one step.</summary>
internal sealed record VariantBatch
{
    public IReadOnlyList<VariantInput> Create { get; init; } = [];

    public IReadOnlyList<VariantUpdate> Update { get; init; } = [];

    public IReadOnlyList<VariantReference> Delete { get; init; } = [];
}
