namespace Experiments.Dashboard.Models;

/// <summary>A context that was pasted.</summary>
/// <param name="Place">Such as <c>line 3</c>.</param>
/// <param name="Json">Of an object.</param>
public sealed record PastedContext(string Place, string Json);
