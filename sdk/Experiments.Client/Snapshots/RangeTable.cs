namespace Experiments.Client.Snapshots;

/// <summary>Where each bucket of a hash leads: sorted, disjoint cuts that cover the whole bucket space, as a run of the snapshot's list.</summary>
/// <param name="Hash">Whose buckets.</param>
/// <param name="Slot">Of that hash, where everything is decided.</param>
/// <param name="Start">Of the run.</param>
/// <param name="Count">Length of the run, at least 1.</param>
internal readonly record struct RangeTable(int Hash, int Slot, int Start, int Count)
{
    /// <summary>Up to this many, comparing one after another beats a binary search.</summary>
    public const int LinearLimit = 8;
}
