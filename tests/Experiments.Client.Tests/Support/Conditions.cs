using System.Text;
using System.Text.Json;
using Experiments.Client.Snapshots;
using Experiments.Client.Snapshots.Loading;
using Experiments.Client.Targeting;

namespace Experiments.Client.Tests;

/// <summary>Whether targeting rules hold, however they are evaluated: see <see cref="Modes"/>.</summary>
internal static class Conditions
{
    /// <param name="rules">A JSON array of targeting rules.</param>
    /// <param name="context">A JSON object.</param>
    public static bool Hold(string rules, string context) =>
        Hold(rules, new DecisionContext().SetJson(Encoding.UTF8.GetBytes(context)));

    public static bool Hold(string rules, DecisionContext context) => Hold(rules, new ContextAttributes(context));

    public static bool Hold<TAttributes>(string rules, scoped in TAttributes attributes)
        where TAttributes : IAttributes, allows ref struct
    {
        string json = $$"""
            {"version":1,"environment":"prod","publishedAt":"2026-11-24T00:00:00.000Z","experiments":[{{SnapshotJson.Experiment(
                targetingRules: rules)}}]}
            """;
        SnapshotLoad load = SnapshotReader.Read(Encoding.UTF8.GetBytes(json), "prod", 1);
        Assert.Empty(load.Faults);
        return Modes.Decide(load.Snapshot!, 0, "user", in attributes).Reason == DecisionReason.Split;
    }

    /// <summary>One condition; a null operand or attribute value is an absent one, "null" is JSON's null.</summary>
    public static bool Holds(string op, string? operand, string? attributeValue)
    {
        string value = operand is null ? "" : $",\"value\":{operand}";
        string context = attributeValue is null ? "{}" : $"{{\"a\":{attributeValue}}}";
        return Hold($$"""[{"conditions":[{"attribute":"a","operator":"{{op}}"{{value}}}]}]""", context);
    }

    /// <summary>Whether <c>attribute exists</c>, asked with the operators there are: an absent operand equals only a missing attribute.</summary>
    public static bool Finds(string attribute, string context) =>
        Hold($$"""[{"conditions":[{"attribute":{{JsonSerializer.Serialize(attribute)}},"operator":"neq"}]}]""", context);

    /// <summary>Whether the attribute is found and equal to a scalar.</summary>
    public static bool FindsEqual(string attribute, string scalar, string context) => Hold(
        $$"""[{"conditions":[{"attribute":{{JsonSerializer.Serialize(attribute)}},"operator":"eq","value":{{scalar}}}]}]""", context);
}
