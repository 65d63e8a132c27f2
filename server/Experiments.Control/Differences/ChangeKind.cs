namespace Experiments.Control.Differences;

/// <summary>What a changed resource is, in the order in which changes are listed.</summary>
internal enum ChangeKind
{
    Audience,
    Experiment,
    Flag,
    Layer,
    Holdout,
}
