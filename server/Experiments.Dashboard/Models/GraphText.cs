namespace Experiments.Dashboard.Models;

/// <summary>Words of a drawing that are in no box.</summary>
/// <param name="X">Where.</param>
/// <param name="Y">Of the base line.</param>
/// <param name="Text">Cut to fit.</param>
/// <param name="Anchor">start, middle or end.</param>
internal sealed record GraphText(double X, double Y, string Text, string Anchor = "start");
