namespace Experiments.Control.Definitions;

/// <summary>Where an experiment is in its life. Only a running one is in the snapshot.</summary>
internal enum ExperimentStatus
{
    Draft,
    Running,
    Paused,
    Archived,
}
