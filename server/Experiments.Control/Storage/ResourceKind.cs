namespace Experiments.Control.Storage;

/// <summary>What an audit entry is about.</summary>
internal enum ResourceKind
{
    Environment,
    Audience,
    Experiment,
    Flag,
    Layer,
    Holdout,
}
