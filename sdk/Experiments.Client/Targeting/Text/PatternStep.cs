namespace Experiments.Client.Targeting.Text;

/// <summary>One state of a pattern's automaton.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Value">The character, the index of the set, or the second step that a split goes on at.</param>
/// <param name="Next">Where it goes on.</param>
internal readonly record struct PatternStep(PatternStepKind Kind, int Value, ushort Next);
