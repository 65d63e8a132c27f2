namespace Experiments.Dashboard.Models;

/// <summary>An operator as people choose it.</summary>
/// <param name="Name">On the wire.</param>
/// <param name="Words">In the list of choices.</param>
/// <param name="Kind">Of its operand.</param>
/// <param name="Example">In an empty operand.</param>
internal sealed record OperatorChoice(string Name, string Words, OperandKind Kind, string Example);
