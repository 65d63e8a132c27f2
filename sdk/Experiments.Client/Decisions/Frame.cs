namespace Experiments.Client.Decisions;

/// <summary>A call that is under way: where to go on, and what was called.</summary>
internal readonly record struct Frame(int Place, int Routine);
