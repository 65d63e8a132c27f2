namespace Experiments.Client.Fuzz;

/// <summary>Where a value of a document is, and the name of the member that it is the value of; without one that has the length 0.</summary>
internal readonly record struct JsonPlace(int Start, int Length, int NameStart, int NameLength);
