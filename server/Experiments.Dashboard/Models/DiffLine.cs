namespace Experiments.Dashboard.Models;

/// <summary>A line of a text that is compared with another.</summary>
/// <param name="Text">Of it.</param>
/// <param name="IsChanged">The other text does not have it there.</param>
/// <param name="IsGap">Not a line of the text: it stands for many that are the same in both.</param>
public sealed record DiffLine(string Text, bool IsChanged, bool IsGap = false);
