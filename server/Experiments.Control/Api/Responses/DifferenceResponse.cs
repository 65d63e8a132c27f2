using Experiments.Control.Differences;

namespace Experiments.Control.Api.Responses;

/// <summary>What differs between two contents of an environment.</summary>
/// <param name="From">A version, live or draft.</param>
/// <param name="To">A version, live or draft.</param>
/// <param name="Changes">Each by itself.</param>
/// <param name="Text">All of them in words, a line each.</param>
internal sealed record DifferenceResponse(string From, string To, IReadOnlyList<Change> Changes, string Text);
