namespace Experiments.Control.Operations;

/// <summary>The status that an experiment is to get.</summary>
/// <param name="Status">DRAFT, RUNNING, PAUSED or ARCHIVED.</param>
internal sealed record StatusInput(string Status);
