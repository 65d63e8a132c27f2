namespace Experiments.Dashboard.Models;

/// <summary>Something that a field offers while a name is typed.</summary>
/// <param name="Value">What the field then holds: a name or key.</param>
/// <param name="Detail">More for people; empty is nothing.</param>
public sealed record Suggestion(string Value, string Detail);
