namespace Experiments.Dashboard.Models;

/// <summary>What the rules of a flag may name.</summary>
/// <param name="Audiences">Of the environment.</param>
/// <param name="Layers">Of the environment.</param>
/// <param name="Experiments">Of the environment.</param>
/// <param name="Flags">The other ones, by key.</param>
public sealed record FlagChoices(
    IReadOnlyList<Choice> Audiences, IReadOnlyList<Choice> Layers, IReadOnlyList<Choice> Experiments, IReadOnlyList<Choice> Flags);
