namespace Experiments.Dashboard.Models;

/// <summary>Something that names an audience.</summary>
/// <param name="Name">Of the experiment or flag.</param>
/// <param name="Href">Its page.</param>
internal sealed record AudienceUse(string Name, string Href);
