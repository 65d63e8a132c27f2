namespace Experiments.Dashboard.Models;

/// <summary>An experiment or flag that holds part of a layer.</summary>
/// <param name="Key">Of it.</param>
/// <param name="Colour">On the bar.</param>
/// <param name="Share">Of the layer, 0 to 1.</param>
/// <param name="Href">Its page; null where it is not known.</param>
internal sealed record LayerOwner(string Key, int Colour, decimal Share, string? Href);
