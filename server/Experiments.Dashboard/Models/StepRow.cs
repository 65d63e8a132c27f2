using Experiments.Client;

namespace Experiments.Dashboard.Models;

/// <summary>One thing that a decision looked at.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">In words.</param>
/// <param name="Depth">0 for the flag itself.</param>
/// <param name="Holds">Null where that is no question.</param>
/// <param name="Bucket">Null where it has none.</param>
/// <param name="Parts">What the bucket was looked for in.</param>
public sealed record StepRow(ExplanationStepKind Kind, string Text, int Depth, bool? Holds, int? Bucket, IReadOnlyList<BarPart> Parts);
