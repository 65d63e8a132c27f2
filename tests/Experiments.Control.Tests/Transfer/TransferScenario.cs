using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Experiments.Control.Tests.Support;

namespace Experiments.Control.Tests.Transfer;

/// <summary>Documents and environments that the tests of transfer start from.</summary>
internal static class TransferScenario
{
    /// <summary>One of everything that a document can say.</summary>
    public const string Full = """
        {
          "format": "experiments/1",
          "environment": "staging",
          "audiences": [
            {"name": "Beta users", "rules": [{"conditions": [{"attribute": "plan", "operator": "in", "value": ["beta", "yes", 1.50, null, true]}]}]}
          ],
          "layers": [{"name": "checkout", "unit": "account", "salt": "layer-salt"}, {"name": "search", "salt": "007"}],
          "holdouts": [{"name": "everyone", "share": 0.05, "salt": "h1"}, {"name": "tagged", "tag": "growth", "share": 0.1, "salt": "h2"}],
          "experiments": [
            {
              "key": "button", "name": "Button \u00e9 \ud83d\ude00", "description": "Line one\nline two: # no comment", "status": "RUNNING", "salt": "s1",
              "tags": ["growth"], "audience": "Beta users",
              "targetingRules": [{"conditions": [{"attribute": "country", "operator": "eq", "value": "no"}]}],
              "variants": [
                {"key": "control", "name": "Control", "payload": {"color": "#0066cc", "deep": [[1, {"a": null}]], "e": 1e3}},
                {"key": "green", "name": "Green"}
              ],
              "split": {
                "weights": {"control": 1, "green": 1}, "coverage": 0.5, "layer": "checkout",
                "claim": [{"rangeStart": 5000, "rangeEnd": 9999}],
                "allocations": [{"variant": "green", "rangeStart": 0, "rangeEnd": 4999}, {"variant": "control", "rangeStart": 5000, "rangeEnd": 9999}]
              },
              "unit": "account",
              "schedule": {"from": "2026-01-01T00:00:00.000Z"},
              "prerequisites": [{"flag": "late", "variants": ["on"]}],
              "overrides": [{"userKey": "qa", "variant": "green"}]
            },
            {
              "key": "draft", "name": "Draft", "status": "DRAFT", "salt": "s2", "variants": [{"key": "a", "name": "A"}],
              "allocations": [{"variant": "a", "rangeStart": 10, "rangeEnd": 19}]
            },
            {"key": "old", "name": "Old", "status": "ARCHIVED", "salt": "s3"}
          ],
          "flags": [
            {
              "key": "price", "name": "Price", "description": "in euros", "type": "number", "schema": {"type": "number", "minimum": 0}, "tags": ["growth", "shop"],
              "enabled": true, "off": "low", "default": "high",
              "variants": [{"key": "low", "name": "Low", "value": 9.990}, {"key": "high", "value": 12}],
              "overrides": [{"userKey": "123", "variant": "low"}],
              "rules": [
                {"name": "beta", "audience": "Beta users", "serve": {"variant": "low"}},
                {
                  "targetingRules": [{"conditions": [{"attribute": "age", "operator": "gt", "value": 18}]}],
                  "schedule": {"until": "2030-01-01T00:00:00.000Z"},
                  "prerequisites": [{"flag": "late", "variants": ["on"]}],
                  "serve": {
                    "split": {
                      "weights": {"low": 3, "high": 1}, "coverage": 0.25, "ramp": [{"at": "2026-06-01T00:00:00.000Z", "coverage": 0.4}], "layer": "checkout",
                      "claim": [{"rangeStart": 100, "rangeEnd": 4099}], "salt": "rs1",
                      "allocations": [{"variant": "high", "rangeStart": 0, "rangeEnd": 2499}, {"variant": "low", "rangeStart": 2500, "rangeEnd": 9999}]
                    }
                  }
                },
                {
                  "serve": {
                    "split": {
                      "weights": {"low": 1, "high": 1}, "coverage": 0.1, "unit": "session", "salt": "rs2",
                      "allocations": [{"variant": "low", "rangeStart": 7000, "rangeEnd": 7499}, {"variant": "high", "rangeStart": 9000, "rangeEnd": 9499}]
                    }
                  }
                },
                {"serve": {}}
              ]
            },
            {
              "key": "button", "name": "Serves the experiment", "type": "string", "enabled": true,
              "variants": [{"key": "control", "value": "true"}, {"key": "green", "value": ""}],
              "rules": [{"serve": {"experiment": "button"}}]
            },
            {"key": "late", "name": "Late", "type": "boolean", "enabled": true, "default": "on", "variants": [{"key": "on", "value": true}, {"key": "off", "value": false}]},
            {"key": "gone", "name": "Gone", "type": "json", "enabled": false, "archived": true, "variants": [{"key": "none", "value": null}]}
          ]
        }
        """;

    public static async Task<string> CreateAsync(this ApiClient api, string? document = Full)
    {
        string id = (await api.CreateEnvironmentAsync()).Id;
        if (document is not null)
        {
            (await api.ApplyAsync(id, document)).Expect(HttpStatusCode.OK);
        }

        return id;
    }

    public static Task<Answer> ApplyAsync(this ApiClient api, string id, string document, string query = "", string? ifMatch = null, string type = "application/json")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/environments/{id}/apply{query}")
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(document)) { Headers = { ContentType = new MediaTypeHeaderValue(type) } },
        };
        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        return api.SendAsync(request);
    }

    public static async Task<string> ExportAsync(this ApiClient api, string id, string query = "") =>
        (await api.GetAsync($"/environments/{id}/export{query}")).Expect(HttpStatusCode.OK).Text;

    /// <summary>Without what may differ between two environments: its name.</summary>
    public static string Anonymous(string export)
    {
        JsonNode document = JsonNode.Parse(export)!;
        document["environment"] = "";
        return document.ToJsonString();
    }

    public static string Edit(string document, Action<JsonNode> edit)
    {
        JsonNode node = JsonNode.Parse(document)!;
        edit(node);
        return node.ToJsonString();
    }

    /// <summary>A document of one flag, for faults in it.</summary>
    public static string Flag(string members) => $$"""{"format": "experiments/1", "flags": [{"key": "f", "name": "F", "type": "boolean", "enabled": true, {{members}}}]}""";

    public static JsonElement ChangesOf(Answer answer) => answer["changes"];
}
