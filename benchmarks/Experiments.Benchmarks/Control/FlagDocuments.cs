using System.Text.Json.Nodes;

namespace Experiments.Benchmarks.Control;

/// <summary>An environment full of flags as the document that <c>POST /environments/:id/apply</c> takes.</summary>
internal static class FlagDocuments
{
    /// <summary>Different enough that a search finds some and a tag a hundredth.</summary>
    public const string Search = "checkout-77";
    public const string Tag = "team-7";

    private const int Teams = 100;
    private const int ArchivedEvery = 50;
    private static readonly string[] Areas = ["checkout", "search", "profile", "billing", "onboarding"];

    public static string Of(int count)
    {
        JsonObject[] flags = [.. Enumerable.Range(0, count).Select(FlagOf)];
        return new JsonObject { ["format"] = "experiments/1", ["flags"] = new JsonArray(flags) }.ToJsonString();
    }

    private static JsonObject FlagOf(int i) => new()
    {
        ["key"] = $"{Areas[i % Areas.Length]}-{i}",
        ["name"] = $"Flag {i} of the {Areas[i % Areas.Length]}",
        ["description"] = "What it turns on, why, and when it can go again: a sentence or two, as people write them.",
        ["type"] = "string",
        ["tags"] = new JsonArray($"team-{i % Teams}", i % 2 == 0 ? "release" : "operations"),
        ["enabled"] = true,
        ["archived"] = i % ArchivedEvery == 0,
        ["off"] = "off",
        ["default"] = "on",
        ["variants"] = new JsonArray(
            new JsonObject { ["key"] = "on", ["value"] = $"value {i}" }, new JsonObject { ["key"] = "off", ["value"] = "nothing" }),
        ["overrides"] = new JsonArray(new JsonObject { ["userKey"] = $"tester-{i}", ["variant"] = "on" }),
        ["rules"] = new JsonArray(
            new JsonObject
            {
                ["name"] = "Two countries",
                ["targetingRules"] = JsonNode.Parse(
                    """[{"conditions":[{"attribute":"country","operator":"in","value":["NO","SE"]},{"attribute":"age","operator":"gte","value":18}]}]"""),
                ["serve"] = new JsonObject { ["variant"] = "on" },
            },
            new JsonObject
            {
                ["serve"] = new JsonObject
                {
                    ["split"] = new JsonObject
                    {
                        ["weights"] = new JsonObject { ["on"] = 1, ["off"] = 1 }, ["coverage"] = 0.5, ["salt"] = $"salt-{i}",
                    },
                },
            }),
    };
}
