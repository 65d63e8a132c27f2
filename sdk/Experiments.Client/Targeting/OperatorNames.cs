using System.Collections.Frozen;

namespace Experiments.Client.Targeting;

/// <summary>The operators by their names on the wire.</summary>
internal static class OperatorNames
{
    private static readonly FrozenDictionary<string, Operator> ByName = new Dictionary<string, Operator>(StringComparer.Ordinal)
    {
        ["eq"] = Operator.Equal,
        ["neq"] = Operator.NotEqual,
        ["in"] = Operator.In,
        ["notIn"] = Operator.NotIn,
        ["contains"] = Operator.Contains,
        ["gt"] = Operator.Greater,
        ["lt"] = Operator.Less,
        ["gte"] = Operator.GreaterOrEqual,
        ["lte"] = Operator.LessOrEqual,
        ["startsWith"] = Operator.StartsWith,
        ["endsWith"] = Operator.EndsWith,
        ["matches"] = Operator.Matches,
        ["semverEq"] = Operator.VersionEqual,
        ["semverGt"] = Operator.VersionGreater,
        ["semverGte"] = Operator.VersionGreaterOrEqual,
        ["semverLt"] = Operator.VersionLess,
        ["semverLte"] = Operator.VersionLessOrEqual,
        ["before"] = Operator.Before,
        ["after"] = Operator.After,
        ["cidr"] = Operator.Address,
        ["exists"] = Operator.Exists,
        ["type"] = Operator.Kind,
        ["size"] = Operator.Size,
        ["some"] = Operator.Some,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, Operator>.AlternateLookup<ReadOnlySpan<char>> Lookup =
        ByName.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>For messages: every name of format 1, in the order of the documentation.</summary>
    public static string Format1 => "eq, neq, in, notIn, contains, gt, lt";

    /// <summary><see cref="Operator.Unknown"/> for an unknown name: readers fail closed.</summary>
    public static Operator Parse(ReadOnlySpan<char> name) => Lookup.TryGetValue(name, out Operator found) ? found : Operator.Unknown;

    /// <summary>The name on the wire.</summary>
    public static string NameOf(Operator op) => ByName.FirstOrDefault(pair => pair.Value == op).Key ?? "?";

    /// <summary>Whether readers of format 1 know it.</summary>
    public static bool IsFormat1(Operator op) => op is >= Operator.Equal and <= Operator.Less;
}
