namespace Experiments.Dashboard.Models;

/// <summary>Something that a rule may name.</summary>
/// <param name="Id">Of it.</param>
/// <param name="Name">For people.</param>
public sealed record Choice(string Id, string Name);
