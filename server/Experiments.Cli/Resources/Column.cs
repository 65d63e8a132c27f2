using System.Text.Json;

namespace Experiments.Cli.Resources;

/// <summary>A column of a list.</summary>
/// <param name="Header">In capitals.</param>
/// <param name="Read">The cell of a resource; null is nothing.</param>
internal sealed record Column(string Header, Func<JsonElement, string?> Read);
