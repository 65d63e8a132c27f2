using System.Text.Json.Nodes;

namespace Experiments.Benchmarks.Control;

/// <summary>An environment full of running experiments as the document that <c>POST /environments/:id/apply</c> takes.</summary>
internal static class ExperimentDocuments
{
    /// <summary>Part of the key of a hundredth or less.</summary>
    public const string Search = "checkout-77";

    private const int Teams = 100;
    private static readonly string[] s_areas = ["checkout", "search", "profile", "billing", "onboarding"];

    public static string Of(int count) => new JsonObject
    {
        ["format"] = "experiments/1",
        ["experiments"] = new JsonArray([.. Enumerable.Range(0, count).Select(ExperimentOf)]),
    }.ToJsonString();

    private static JsonObject ExperimentOf(int i) => new()
    {
        ["key"] = $"{s_areas[i % s_areas.Length]}-{i}",
        ["name"] = $"Experiment {i} of the {s_areas[i % s_areas.Length]}",
        ["description"] = "What is expected to happen, why, and how it is measured: a sentence or two, as people write them.",
        ["status"] = "RUNNING",
        ["salt"] = $"salt-{i}",
        ["tags"] = new JsonArray($"team-{i % Teams}", "growth"),
        ["targetingRules"] = JsonNode.Parse(
            """[{"conditions":[{"attribute":"country","operator":"in","value":["NO","SE"]},{"attribute":"age","operator":"gt","value":17}]}]"""),
        ["variants"] = new JsonArray(
            new JsonObject { ["key"] = "control", ["name"] = "As it is" },
            new JsonObject { ["key"] = "treatment", ["name"] = "As it may be", ["payload"] = new JsonObject { ["color"] = "#0066cc" } }),
        ["split"] = new JsonObject { ["weights"] = new JsonObject { ["control"] = 1, ["treatment"] = 1 }, ["coverage"] = 0.5 },
    };
}
