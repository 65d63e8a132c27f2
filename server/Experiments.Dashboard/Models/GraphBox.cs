namespace Experiments.Dashboard.Models;

/// <summary>A box of a drawing.</summary>
/// <param name="X">Left.</param>
/// <param name="Y">Top.</param>
/// <param name="Width">Of it.</param>
/// <param name="Title">Its first line, cut to fit.</param>
/// <param name="Detail">Its second line, cut to fit.</param>
/// <param name="Name">All of it in words.</param>
/// <param name="Href">Where it leads; null is nowhere.</param>
/// <param name="Look">Class of its colours.</param>
internal sealed record GraphBox(double X, double Y, double Width, string Title, string Detail, string Name, string? Href, string Look)
{
    public const double Height = 42;
}
