namespace Experiments.Client.Snapshots;

/// <summary>Instructions that others call: an audience, or a flag that is another's prerequisite. Decided at most once per decision.</summary>
/// <param name="Name">Of the audience, or key of the flag.</param>
/// <param name="IsFlag">Whether it is a flag.</param>
/// <param name="Entry">Where it starts, or how it ends.</param>
internal readonly record struct Routine(string Name, bool IsFlag, int Entry);
