using System.Text.Json.Nodes;
using Experiments.Benchmarks.Control;

namespace Experiments.Benchmarks.Browser;

/// <summary>An environment full of flags, experiments and audiences as the document that <c>POST /environments/:id/apply</c> takes.</summary>
internal static class Documents
{
    private const int Audiences = 40;
    private const int Teams = 100;
    private static readonly string[] s_statuses = ["RUNNING", "DRAFT", "PAUSED", "RUNNING"];

    public static string Of(int count)
    {
        JsonNode document = JsonNode.Parse(FlagDocuments.Of(count))!;
        document["audiences"] = new JsonArray([.. Enumerable.Range(0, Audiences).Select(static i => new JsonObject
        {
            ["name"] = $"Audience {i:00}",
            ["rules"] = JsonNode.Parse("""[{"conditions":[{"attribute":"country","operator":"in","value":["NO","SE"]}]}]"""),
        })]);
        document["experiments"] = new JsonArray([.. Enumerable.Range(0, count).Select(ExperimentOf)]);
        return document.ToJsonString();
    }

    /// <summary>Key of the experiment with a number.</summary>
    public static string KeyOf(int i) => $"experiment-{i:00000}";

    /// <summary>Name of the experiment with a number.</summary>
    public static string NameOf(int i) => $"Experiment {i:00000}";

    private static JsonObject ExperimentOf(int i) => new()
    {
        ["key"] = KeyOf(i),
        ["name"] = NameOf(i),
        ["description"] = "What is tried, on whom and why: a sentence or two, as people write them.",
        ["status"] = s_statuses[i % s_statuses.Length],
        ["tags"] = new JsonArray($"team-{i % Teams}"),
        ["audience"] = i % 10 == 0 ? $"Audience {i / 10 % Audiences:00}" : null,
        ["variants"] = new JsonArray(
            new JsonObject { ["key"] = "control", ["name"] = "Control", ["payload"] = new JsonObject { ["color"] = "#0066cc" } },
            new JsonObject { ["key"] = "treatment", ["name"] = "Treatment", ["payload"] = new JsonObject { ["color"] = "#cc6600" } }),
        ["split"] = new JsonObject { ["weights"] = new JsonObject { ["control"] = 1, ["treatment"] = 1 }, ["coverage"] = 0.5 },
    };
}
