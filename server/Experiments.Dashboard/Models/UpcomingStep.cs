namespace Experiments.Dashboard.Models;

/// <summary>Something that happens by itself.</summary>
/// <param name="At">When.</param>
/// <param name="Name">Of the experiment or flag.</param>
/// <param name="What">Such as <c>starts</c> or <c>goes to 50 %</c>.</param>
/// <param name="Href">Its page.</param>
internal sealed record UpcomingStep(DateTimeOffset At, string Name, string What, string Href);
