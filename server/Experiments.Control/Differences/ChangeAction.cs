namespace Experiments.Control.Differences;

/// <summary>What happened to a resource.</summary>
internal enum ChangeAction
{
    Added,
    Removed,
    Changed,
}
