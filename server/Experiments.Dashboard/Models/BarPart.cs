namespace Experiments.Dashboard.Models;

/// <summary>A range of the 10,000 buckets on a bar.</summary>
/// <param name="Start">First bucket.</param>
/// <param name="End">Not included.</param>
/// <param name="Label">Whose it is.</param>
/// <param name="Colour">0 to 7: which of the colours of parts.</param>
public sealed record BarPart(int Start, int End, string Label, int Colour)
{
    /// <summary>How many there are.</summary>
    public const int Buckets = 10_000;

    /// <summary>Number of colours.</summary>
    public const int Colours = 8;

    internal string Style => FormattableString.Invariant(
        $"left:{Start / 100m:0.##}%;width:{(End - Start) / 100m:0.##}%;background:var(--part-{Colour % Colours})");

    internal string Reading => FormattableString.Invariant($"{Label}: buckets {Start} to {End - 1}, {(End - Start) / 100m:0.##} %");
}
