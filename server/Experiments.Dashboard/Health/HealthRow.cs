namespace Experiments.Dashboard.Health;

/// <summary>How one part of the installation is.</summary>
/// <param name="Name">What.</param>
/// <param name="Level">How it is.</param>
/// <param name="Text">The same in a sentence or two, with figures.</param>
internal sealed record HealthRow(string Name, HealthLevel Level, string Text)
{
    public string Word => Level.ToString().ToLowerInvariant();
}
