using System.Collections.Frozen;

namespace Experiments.Client.Targeting;

/// <summary>The operators of format 1 by their names on the wire.</summary>
internal static class OperatorNames
{
    private static readonly FrozenDictionary<string, Operator> ByName = new Dictionary<string, Operator>(StringComparer.Ordinal)
    {
        ["eq"] = Operator.Equal,
        ["neq"] = Operator.NotEqual,
        ["in"] = Operator.In,
        ["notIn"] = Operator.NotIn,
        ["contains"] = Operator.Contains,
        ["gt"] = Operator.GreaterThan,
        ["lt"] = Operator.LessThan,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>For messages: every name, in the order of the documentation.</summary>
    public static string All => "eq, neq, in, notIn, contains, gt, lt";

    /// <summary><see cref="Operator.Never"/> for an unknown name: readers fail closed.</summary>
    public static Operator Parse(string name) => ByName.GetValueOrDefault(name, Operator.Never);
}
