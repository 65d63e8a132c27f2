using System.Net;
using System.Text.Json;
using Experiments.Client;
using Experiments.Control.Tests.Support;

namespace Experiments.Control.Tests.Api;

/// <summary>Flags: made, changed, decided.</summary>
public sealed class FlagEndpointsTests(ControlServer server) : IClassFixture<ControlServer>
{
    private ApiClient Api => server.Api;

    [Fact]
    public async Task Post_WholeFlag_Answers201AndReadsBackTheSame()
    {
        Answer environment = await Api.CreateEnvironmentAsync();
        Answer audience = await Api.CreateAudienceAsync(environment.Id);
        Answer needed = await Api.CreateFlagAsync(environment.Id);
        Answer flag = await Api.CreateFlagAsync(environment.Id, $$$$"""
            ,"name":"Price","description":"d","tags":["b","a","b"],"overrides":[{"userKey":"qa","variant":"on"}],
             "rules":[{"name":"staff","audienceId":"{{{{audience.Id}}}}","serve":{"variant":"on"}},
              {"targetingRules":[{"conditions":[{"attribute":"email","operator":"endsWith","value":["@x"]}]}],
               "schedule":{"from":"2026-12-01T00:00:00Z","until":"2027-01-01T00:00:00+01:00"},
               "prerequisites":[{"flag":"{{{{needed["key"]}}}}","variants":["on"]}],
               "serve":{"split":{"weights":[{"variant":"off","weight":1},{"variant":"on","weight":3}],"coverage":0.25,"unit":"account",
                "ramp":[{"at":"2026-12-01T00:00:00Z","coverage":0.5}]}}},
              {"serve":{"variant":null}}]
            """);
        Assert.Equal(flag.Text, (await Api.GetAsync($"/flags/{flag.Id}")).Expect(HttpStatusCode.OK).Text);
        Assert.Equal("\"1\"", flag.Header("ETag"));
        Assert.Equal("true", flag.Header("x-publish-succeeded"));
        Assert.Equal("""["a","b"]""", flag["tags"].GetRawText());
        JsonElement split = flag["rules"][1].GetProperty("serve").GetProperty("split");
        Assert.Equal(0.25m, split.GetProperty("coverage").GetDecimal());
        Assert.Equal("2026-12-31T23:00:00.000Z", flag["rules"][1].GetProperty("schedule").GetProperty("until").GetString());

        // Of the largest coverage; the weights are in the variants' order.
        Assert.Equal(
            """[{"variant":"on","rangeStart":0,"rangeEnd":3749},{"variant":"off","rangeStart":3750,"rangeEnd":4999}]""",
            split.GetProperty("allocations").GetRawText());
        Assert.Equal(JsonValueKind.Null, flag["rules"][2].GetProperty("serve").GetProperty("variant").ValueKind);
    }

    public static TheoryData<string, HttpStatusCode, string> Refusals => new()
    {
        { "\"key\":\"a b\"", HttpStatusCode.BadRequest, "key must be" },
        { "\"type\":\"bool\"", HttpStatusCode.BadRequest, "type \"bool\" is unknown" },
        { "\"enabled\":\"yes\"", HttpStatusCode.BadRequest, "enabled must be a boolean" },
        { "\"off\":\"nope\"", HttpStatusCode.BadRequest, "off names variant \"nope\"" },
        { "\"tags\":[\"a b\"]", HttpStatusCode.BadRequest, "tags each must be" },
        { "\"tags\":[1]", HttpStatusCode.BadRequest, "tags[0] must be a string" },
        { "\"variants\":[{\"key\":\"on\",\"value\":1}]", HttpStatusCode.BadRequest, "variants[0].value must be a boolean" },
        { "\"variants\":[{\"key\":\"on\"}]", HttpStatusCode.BadRequest, "variants[0].value is missing" },
        { "\"variants\":[{\"key\":\"on\",\"value\":true},{\"key\":\"on\",\"value\":true}]", HttpStatusCode.BadRequest, "variants[1].key \"on\" is there twice" },
        { "\"overrides\":[{\"userKey\":\"a\",\"variant\":\"x\"}]", HttpStatusCode.BadRequest, "overrides[0].variant names variant \"x\"" },
        { "\"overrides\":[{\"userKey\":\"a\",\"variant\":\"on\"},{\"userKey\":\"a\",\"variant\":\"off\"}]", HttpStatusCode.BadRequest, "overrides[1].userKey \"a\" is there twice" },
        { "\"rules\":[{}]", HttpStatusCode.BadRequest, "rules[0].serve is missing" },
        { "\"rules\":[{\"serve\":{}}]", HttpStatusCode.BadRequest, "exactly one of them is expected" },
        { "\"rules\":[{\"serve\":{\"variant\":\"x\"}}]", HttpStatusCode.BadRequest, "rules[0].serve.variant names variant \"x\"" },
        { "\"rules\":[{\"id\":\"5a1c7b1e-3f0a-4a57-9d4c-0d6f3c1e8f00\",\"serve\":{\"variant\":\"on\"}}]", HttpStatusCode.BadRequest, "rules[0].id names no rule" },
        { "\"rules\":[{\"audienceId\":\"5a1c7b1e-3f0a-4a57-9d4c-0d6f3c1e8f00\",\"serve\":{\"variant\":\"on\"}}]", HttpStatusCode.NotFound, "no audience" },
        { "\"rules\":[{\"serve\":{\"experimentId\":\"5a1c7b1e-3f0a-4a57-9d4c-0d6f3c1e8f00\"}}]", HttpStatusCode.NotFound, "no experiment" },
        { "\"rules\":[{\"prerequisites\":[{\"flag\":\"nope\",\"variants\":[\"on\"]}],\"serve\":{\"variant\":\"on\"}}]", HttpStatusCode.BadRequest, "rules[0].prerequisites[0].flag names \"nope\"" },
        { "\"rules\":[{\"schedule\":{\"from\":\"2026-12-01T00:00:00Z\",\"until\":\"2026-11-01T00:00:00Z\"},\"serve\":{\"variant\":\"on\"}}]", HttpStatusCode.BadRequest, "rules[0].schedule.until must be later" },
        { "\"rules\":[{\"schedule\":{\"from\":\"tomorrow\"},\"serve\":{\"variant\":\"on\"}}]", HttpStatusCode.BadRequest, "rules[0].schedule.from must be a time" },
        { "\"rules\":[{\"targetingRules\":[{\"conditions\":[{\"attribute\":\"a\",\"operator\":\"matches\",\"value\":\"(\"}]}],\"serve\":{\"variant\":\"on\"}}]", HttpStatusCode.BadRequest, "rules[0].targetingRules[0].conditions[0].value" },
        { "\"rules\":[{\"serve\":{\"split\":{\"weights\":[],\"coverage\":1}}}]", HttpStatusCode.BadRequest, "rules[0].serve.split.weights must name at least one" },
        { "\"rules\":[{\"serve\":{\"split\":{\"weights\":[{\"variant\":\"on\",\"weight\":0}],\"coverage\":1}}}]", HttpStatusCode.BadRequest, "weights[0].weight must be an integer from 1" },
        { "\"rules\":[{\"serve\":{\"split\":{\"weights\":[{\"variant\":\"on\",\"weight\":1}],\"coverage\":0.00005}}}]", HttpStatusCode.BadRequest, "rules[0].serve.split.coverage" },
        { "\"rules\":[{\"serve\":{\"split\":{\"weights\":[{\"variant\":\"on\",\"weight\":1}],\"coverage\":0,\"ramp\":[{\"at\":\"2026-12-02T00:00:00Z\",\"coverage\":1},{\"at\":\"2026-12-01T00:00:00Z\",\"coverage\":1}]}}}]", HttpStatusCode.BadRequest, "ramp[1].at must be later" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Post_WhatMakesNoSense_IsRefusedWithTheFieldNamedAndNothingIsStored(string member, HttpStatusCode status, string message)
    {
        Answer environment = await Api.CreateEnvironmentAsync();
        string name = member[1..member.IndexOf('"', 1)];
        Dictionary<string, JsonElement> body = JsonElement.Parse(ApiClient.FlagBody(environment.Id)).EnumerateObject()
            .ToDictionary(static one => one.Name, static one => one.Value, StringComparer.Ordinal);
        body[name] = JsonElement.Parse($"{{{member}}}").GetProperty(name);
        string error = (await Api.PostAsync("/flags", JsonSerializer.Serialize(body))).ExpectProblem(status);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.Equal(0, (await Api.GetAsync($"/flags?environmentId={environment.Id}"))["pagination"].GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Schema_ValuesThatDoNotFit_AreRefusedAlsoWhenTheSchemaComesLater()
    {
        Answer environment = await Api.CreateEnvironmentAsync();
        string body = $$$$"""
            {"environmentId":"{{{{environment.Id}}}}","key":"limits","type":"json","schema":{"type":"object","required":["max"],"properties":{"max":{"type":"integer"}}},
             "variants":[{"key":"a","value":{"max":VALUE}}]}
            """;
        string error = (await Api.PostAsync("/flags", body.Replace("VALUE", "\"x\"", StringComparison.Ordinal))).ExpectProblem(HttpStatusCode.BadRequest);
        Assert.Contains("variants[0].value does not fit the schema", error, StringComparison.Ordinal);
        Answer flag = (await Api.PostAsync("/flags", body.Replace("VALUE", "3", StringComparison.Ordinal))).Expect(HttpStatusCode.Created);
        error = (await Api.PatchAsync($"/flags/{flag.Id}", """{"schema":{"type":"array"}}""")).ExpectProblem(HttpStatusCode.BadRequest);
        Assert.Contains("does not fit", error, StringComparison.Ordinal);
        error = (await Api.PatchAsync($"/flags/{flag.Id}", """{"schema":{"$ref":"http://10.0.0.1/secret"}}""")).ExpectProblem(HttpStatusCode.BadRequest);
        Assert.Contains("own parts only", error, StringComparison.Ordinal);
        (await Api.PatchAsync($"/flags/{flag.Id}", """{"schema":null}""")).Expect(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("""{"$ref":"#"}""", "must not refer to itself")]
    [InlineData("""{"anyOf":[{"$ref":"#"}]}""", "must not refer to itself")]
    [InlineData("""{"$ref":"#/$defs/a","$defs":{"a":{"$ref":"#/$defs/b"},"b":{"$ref":"#/$defs/a"}}}""", "must not refer to itself")]
    [InlineData("""{"properties":{"a":{"anyOf":[{"$ref":"#"},{"$ref":"#"}]}}}""", "must not refer to itself")]
    [InlineData("""{"$ref":"#/$defs/gone"}""", "which is no part of it")]
    [InlineData("""{"$ref":"#name"}""", "which is no part of it")]
    public async Task Schema_ThatWouldNeverEnd_IsRefused(string schema, string message)
    {
        Answer environment = await Api.CreateEnvironmentAsync();
        string error = (await Api.PostAsync("/flags", $$"""
            {"environmentId":"{{environment.Id}}","key":"loop","type":"json","schema":{{schema}},"variants":[{"key":"a","value":{"a":{"a":{} } } }]}
            """)).ExpectProblem(HttpStatusCode.BadRequest);
        Assert.StartsWith("schema ", error, StringComparison.Ordinal);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"type":"nonsense"}""", "schema at /type ")]
    [InlineData("""{"type":["object","nonsense"]}""", "schema at /type")]
    [InlineData("""{"properties":{"a":{"pattern":"("}}}""", "schema at /properties/a/pattern ")]
    [InlineData("""{"patternProperties":{"(":{}}}""", "schema at /patternProperties")]
    [InlineData("""{"anyOf":[{},{"minLength":-1}]}""", "schema at /anyOf/1/minLength ")]
    [InlineData("""{"required":"max"}""", "schema at /required ")]
    [InlineData("""{"additionalProperties":7}""", "schema at /additionalProperties ")]
    [InlineData("""{"$schema":"http://example.org/mine"}""", "schema names $schema")]
    [InlineData("""{"$dynamicRef":"#x"}""", "must not have $dynamicRef")]
    [InlineData("true", "schema must be a JSON Schema: an object")]
    public async Task Schema_KeywordThatMakesNoSense_IsRefused(string schema, string message)
    {
        Answer environment = await Api.CreateEnvironmentAsync();
        string error = (await Api.PostAsync("/flags", $$"""
            {"environmentId":"{{environment.Id}}","key":"slip","type":"json","schema":{{schema}},"variants":[{"key":"a","value":{"a":{"a":{} } } }]}
            """)).ExpectProblem(HttpStatusCode.BadRequest);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"const":1}""", "2", "1")]
    [InlineData("""{"if":{"type":"number"},"then":{"minimum":10}}""", "2", "10")]
    [InlineData("""{"prefixItems":[{"type":"string"}]}""", "[1]", "[\"a\"]")]
    [InlineData("""{"dependentRequired":{"a":["b"]}}""", "{\"a\":1}", "{\"a\":1,\"b\":2}")]
    [InlineData("""{"contains":{"type":"string"}}""", "[1]", "[1,\"a\"]")]
    [InlineData("""{"propertyNames":{"maxLength":1}}""", "{\"ab\":1}", "{\"a\":1}")]
    [InlineData("""{"type":"integer"}""", "1.5", "1.0")]
    [InlineData("""{"maxLength":1}""", "\"ab\"", "\"\ud83d\ude00\"")]
    [InlineData("""{"enum":[{"a":1.0}]}""", "{\"a\":2}", "{\"a\":1}")]
    [InlineData("""{"$schema":"http://json-schema.org/draft-07/schema#","items":[{"type":"string"}]}""", "[1]", "[\"a\"]")]
    public async Task Schema_EveryKeyword_IsEnforced(string schema, string unfit, string fit)
    {
        Answer environment = await Api.CreateEnvironmentAsync();
        string Body(string value) =>
            $$"""{"environmentId":"{{environment.Id}}","key":"checked","type":"json","schema":{{schema}},"variants":[{"key":"a","value":{{value}} }]}""";
        string error = (await Api.PostAsync("/flags", Body(unfit))).ExpectProblem(HttpStatusCode.BadRequest);
        Assert.StartsWith("variants[0].value does not fit the schema: #", error, StringComparison.Ordinal);
        (await Api.PostAsync("/flags", Body(fit))).Expect(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Patch_KeyOrType_IsRefusedUnlessItIsTheSame()
    {
        Answer environment = await Api.CreateEnvironmentAsync();
        Answer flag = await Api.CreateFlagAsync(environment.Id, "", "nav");
        Assert.Contains("key cannot be changed", (await Api.PatchAsync($"/flags/{flag.Id}", """{"key":"other"}""")).ExpectProblem(HttpStatusCode.BadRequest), StringComparison.Ordinal);
        Assert.Contains("type cannot be changed", (await Api.PatchAsync($"/flags/{flag.Id}", """{"type":"string"}""")).ExpectProblem(HttpStatusCode.BadRequest), StringComparison.Ordinal);
        (await Api.PatchAsync($"/flags/{flag.Id}", """{"key":"nav","type":"boolean","name":"Navigation"}""")).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Patch_FlagThatGrowsWithoutEnd_Answers413AndGoesOnTakingSmallerChanges()
    {
        Answer environment = await Api.CreateEnvironmentAsync();
        Answer flag = await Api.CreateFlagAsync(environment.Id);
        string rule = $$$"""{"targetingRules":[{"conditions":[{"attribute":"a","operator":"eq","value":"{{{new string('x', 900_000)}}}"}]}],"serve":{"variant":"on"}}""";
        int rules = 0;
        Answer answer;
        while ((answer = await Api.PostAsync($"/flags/{flag.Id}/rules", rule)).Status == HttpStatusCode.Created)
        {
            rules++;
        }

        Assert.Contains("bytes of JSON; at most", answer.ExpectProblem(HttpStatusCode.RequestEntityTooLarge), StringComparison.Ordinal);
        Assert.Equal(6, rules);
        Answer renamed = (await Api.PatchAsync($"/flags/{flag.Id}", """{"name":"still here"}""")).Expect(HttpStatusCode.OK);
        Assert.Equal(rules, renamed["rules"].GetArrayLength());
    }

    [Fact]
    public async Task Rule_ThatStopsServingASplit_SaysWhomItMoves()
    {
        Answer environment = await Api.CreateEnvironmentAsync();
        const string Split = """{"split":{"weights":[{"variant":"on","weight":1},{"variant":"off","weight":1}],"coverage":0.5}}""";
        Answer flag = await Api.CreateFlagAsync(environment.Id, $$$""","rules":[{"serve":{{{Split}}}}]""");
        string path = $"/flags/{flag.Id}/rules/{flag["rules"][0].GetProperty("id").GetString()}";
        Assert.Equal("0.25", (await Api.PutAsync(path, """{"serve":{"variant":"on"}}""")).Expect(HttpStatusCode.OK).Header("x-reassigned-share"));
        Assert.Null((await Api.PutAsync(path, $$"""{"serve":{{Split}}}""")).Expect(HttpStatusCode.OK).Header("x-reassigned-share"));
        Assert.Equal("0.5", (await Api.DeleteAsync(path)).Expect(HttpStatusCode.OK).Header("x-reassigned-share"));
    }

    [Fact]
    public async Task Schema_PartsThatDoubleEachOther_IsRefusedAndReuseIsNot()
    {
        Answer environment = await Api.CreateEnvironmentAsync();
        string Body(string key, string schema) =>
            $$"""{"environmentId":"{{environment.Id}}","key":"{{key}}","type":"json","variants":[{"key":"a","value":{"a":1,"b":2} }],"schema":{{schema}} }""";
        IEnumerable<string> doubling = Enumerable.Range(0, 40).Select(static i =>
            $$"""  "{{i}}":{"properties":{"a":{"$ref":"#/$defs/{{i + 1}}"},"b":{"$ref":"#/$defs/{{i + 1}}"} } }""");

        string error = (await Api.PostAsync("/flags", Body("many", $$"""{"$ref":"#/$defs/0","$defs":{ {{string.Join(',', doubling)}},"40":{"type":"integer"} } }""")))
            .ExpectProblem(HttpStatusCode.BadRequest);

        Assert.Contains("2000 parts", error, StringComparison.Ordinal);
        const string Reuse = """{"properties":{"a":{"$ref":"#/$defs/n"},"b":{"$ref":"#/$defs/n"}},"$defs":{"n":{"type":"integer"}}}""";
        (await Api.PostAsync("/flags", Body("few", Reuse))).Expect(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Schedule_AfterTheLastMoment_IsRefused()
    {
        Answer environment = await Api.CreateEnvironmentAsync();
        string error = (await Api.PostAsync("/flags", $$"""
            {"environmentId":"{{environment.Id}}","key":"late","type":"boolean","variants":[{"key":"on","value":true}],
             "rules":[{"schedule":{"until":"9999-12-31T23:59:59.9999999Z"},"serve":{"variant":"on"} }]}
            """)).ExpectProblem(HttpStatusCode.BadRequest);
        Assert.Contains("rules[0].schedule.until must be a time", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prerequisites_CycleOfThree_IsRefusedWithThePath()
    {
        Answer environment = await Api.CreateEnvironmentAsync();
        static string Needs(string key) => $$$""" ,"rules":[{"prerequisites":[{"flag":"{{{key}}}","variants":["on"]}],"serve":{"variant":"on"}}]""";
        Answer c = await Api.CreateFlagAsync(environment.Id, "", "c");
        await Api.CreateFlagAsync(environment.Id, Needs("c"), "b");
        await Api.CreateFlagAsync(environment.Id, Needs("b"), "a");
        string error = (await Api.PatchAsync($"/flags/{c.Id}", "{" + Needs("a")[2..] + "}")).ExpectProblem(HttpStatusCode.UnprocessableEntity);
        Assert.Contains("c -> a -> b -> c", error, StringComparison.Ordinal);
        error = (await Api.DeleteAsync($"/flags/{c.Id}")).ExpectProblem(HttpStatusCode.Conflict);
        Assert.Contains("\"b\"", error, StringComparison.Ordinal);
        error = (await Api.PatchAsync($"/flags/{c.Id}", """{"variants":[{"key":"off","value":false}]}""")).ExpectProblem(HttpStatusCode.Conflict);
        Assert.Contains("prerequisite", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Decide_RulesInOrder_OverridesFirst()
    {
        Answer environment = await Api.CreateEnvironmentAsync();
        Answer flag = await Api.CreateFlagAsync(environment.Id, """
            ,"overrides":[{"userKey":"qa-ö","variant":"on"}],
             "rules":[{"name":"nobody","targetingRules":[{"conditions":[{"attribute":"plan","operator":"eq","value":"free"}]}],"serve":{"variant":"off"}},
              {"name":"half","serve":{"split":{"weights":[{"variant":"on","weight":1}],"coverage":0.5}}}]
            """, "nav");
        PublishedDecider decider = await Api.DeciderAsync(environment["name"].GetString()!);
        Assert.Equal(("on", "OVERRIDE"), (decider.Decide("nav", "qa-ö", ("plan", "free")).VariantKey, decider.Decide("nav", "qa-ö").ReasonText));
        Assert.Equal("nobody", decider.Decide("nav", "u", ("plan", "free")).RuleId);
        string?[] before = decider.Variants("nav", 2_000);
        Assert.InRange(before.Count(static variant => variant == "on"), 900, 1_100);

        // More coverage moves nobody who was in; another order of the rules lets the split go first.
        string rules = flag["rules"].GetRawText().Replace("\"coverage\":0.5", "\"coverage\":0.75", StringComparison.Ordinal);
        Answer raised = (await Api.PutAsync($"/flags/{flag.Id}/rules", $$$"""{"rules":{{{rules}}}}""")).Expect(HttpStatusCode.OK);
        Assert.Null(raised.Header("x-reassigned-share"));
        string?[] after = (await Api.DeciderAsync(environment["name"].GetString()!)).Variants("nav", 2_000);
        Assert.All(before.Zip(after), static pair => Assert.True(pair.First == "off" || pair.Second == "on"));
        Assert.InRange(after.Count(static variant => variant == "on"), 1_400, 1_600);

        string[] ids = [.. raised["rules"].EnumerateArray().Select(static rule => rule.GetProperty("id").GetString()!)];
        (await Api.PutAsync($"/flags/{flag.Id}/rules/order", new { ruleIds = ids.Reverse() })).Expect(HttpStatusCode.OK);
        (await Api.PutAsync($"/flags/{flag.Id}/rules/order", new { ruleIds = ids.Take(1) })).ExpectProblem(HttpStatusCode.BadRequest);
        PublishedDecider reordered = await Api.DeciderAsync(environment["name"].GetString()!);
        int user = Array.IndexOf(after, "on");
        Assert.Equal("half", reordered.Decide("nav", $"{user}", ("plan", "free")).RuleId);
    }

    [Fact]
    public async Task Rules_AddedReplacedRemoved_KeepTheirBuckets()
    {
        Answer environment = await Api.CreateEnvironmentAsync();
        Answer flag = await Api.CreateFlagAsync(environment.Id);
        Answer one = (await Api.PostAsync($"/flags/{flag.Id}/rules", """{"name":"split","serve":{"split":{"weights":[{"variant":"on","weight":1},{"variant":"off","weight":1}],"coverage":1}}}"""))
            .Expect(HttpStatusCode.Created);
        Answer two = (await Api.PostAsync($"/flags/{flag.Id}/rules", """{"index":0,"name":"first","serve":{"variant":"on"}}""")).Expect(HttpStatusCode.Created);
        Assert.Equal(["first", "split"], two["rules"].EnumerateArray().Select(static rule => rule.GetProperty("name").GetString()));
        string ruleId = one["rules"][0].GetProperty("id").GetString()!;
        string changed = """{"name":"split","serve":{"split":{"weights":[{"variant":"on","weight":3},{"variant":"off","weight":1}],"coverage":1}}}""";
        Answer preview = (await Api.PostAsync(
            $"/flags/{flag.Id}/rules/{ruleId}/split/preview", """{"weights":[{"variant":"on","weight":3},{"variant":"off","weight":1}],"coverage":1}"""))
            .Expect(HttpStatusCode.OK);
        Assert.Equal("""{"movedShare":0.25,"moves":[{"from":"off","to":"on","share":0.25}]}""", preview.Text);
        Answer three = (await Api.PutAsync($"/flags/{flag.Id}/rules/{ruleId}", changed)).Expect(HttpStatusCode.OK);
        Assert.Equal("0.25", three.Header("x-reassigned-share"));
        Assert.Equal(
            one["rules"][0].GetProperty("serve").GetProperty("split").GetProperty("salt").GetString(),
            three["rules"][1].GetProperty("serve").GetProperty("split").GetProperty("salt").GetString());
        (await Api.PutAsync($"/flags/{flag.Id}/rules/{Guid.NewGuid()}", changed)).ExpectProblem(HttpStatusCode.NotFound);
        Answer four = (await Api.DeleteAsync($"/flags/{flag.Id}/rules/{ruleId}")).Expect(HttpStatusCode.OK);
        Assert.Equal("first", Assert.Single(four["rules"].EnumerateArray()).GetProperty("name").GetString());
    }

    [Fact]
    public async Task KeySpace_FlagAndExperiment_ShareAKeyOnlyWhereTheFlagServesIt()
    {
        Answer environment = await Api.CreateEnvironmentAsync();
        Answer experiment = await Api.CreateExperimentAsync(environment.Id, "price");
        string on = (await Api.CreateVariantAsync(experiment.Id, "on", new { color = "blue" })).Id;
        await Api.AllocateAsync(experiment.Id, (on, 0, 9999));
        (await Api.PostAsync("/flags", ApiClient.FlagBody(environment.Id, "", "price"))).ExpectProblem(HttpStatusCode.Conflict);
        await Api.MoveAsync(experiment.Id, "RUNNING");
        Answer flag = await Api.CreateFlagAsync(environment.Id, $$$""","rules":[{"serve":{"experimentId":"{{{experiment.Id}}}"}}]""", "price");
        PublishedDecider decider = await Api.DeciderAsync(environment["name"].GetString()!);
        Decision decision = decider.Decide("price", "u");
        Assert.Equal(("on", "SPLIT", "True"), (decision.VariantKey, decision.ReasonText, decision.Payload.ToString()));
        await Api.CreateFlagAsync(environment.Id, "", "nav");
        (await Api.PostAsync("/experiments", new { key = "nav", name = "n", environmentId = environment.Id })).ExpectProblem(HttpStatusCode.Conflict);
        (await Api.PatchAsync($"/flags/{flag.Id}", """{"rules":[]}""")).ExpectProblem(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Audience_UsedByAFlag_IsNotDeletedAndItsChangePublishes()
    {
        Answer environment = await Api.CreateEnvironmentAsync();
        Answer audience = await Api.CreateAudienceAsync(environment.Id, Rules.Country("US"));
        await Api.CreateFlagAsync(environment.Id, $$$""","rules":[{"audienceId":"{{{audience.Id}}}","serve":{"variant":"on"}}]""", "nav");
        Assert.Contains("\"nav\"", (await Api.DeleteAsync($"/audiences/{audience.Id}")).ExpectProblem(HttpStatusCode.Conflict), StringComparison.Ordinal);
        Answer changed = await Api.PatchAsync($"/audiences/{audience.Id}", new { rules = Rules.Country("DE") });
        Assert.Equal("true", changed.Header("x-publish-succeeded"));
        PublishedDecider decider = await Api.DeciderAsync(environment["name"].GetString()!);
        Assert.Equal(("on", "off"), (decider.Decide("nav", "u", ("country", "DE")).VariantKey, decider.Decide("nav", "u", ("country", "US")).VariantKey));
    }

    [Fact]
    public async Task List_FiltersAndCopy_FindAndMake()
    {
        Answer environment = await Api.CreateEnvironmentAsync();
        Answer other = await Api.CreateEnvironmentAsync();
        Answer flag = await Api.CreateFlagAsync(
            environment.Id, ""","tags":["checkout"],"rules":[{"serve":{"split":{"weights":[{"variant":"on","weight":1}],"coverage":0.5}}}]""", "cart-New");
        await Api.CreateFlagAsync(environment.Id, "", "nav");
        foreach ((string query, int count) in new[] { ("tag=checkout", 1), ("search=cart-n", 1), ("search=zzz", 0), ("archived=true", 0), ("archived=false", 2) })
        {
            Answer list = (await Api.GetAsync($"/flags?environmentId={environment.Id}&{query}")).Expect(HttpStatusCode.OK);
            Assert.Equal(count, list["pagination"].GetProperty("total").GetInt32());
        }

        (await Api.SendAsync(HttpMethod.Post, $"/flags/{flag.Id}/copy", new { environmentId = other.Id }, "If-Match: \"7\""))
            .ExpectProblem(HttpStatusCode.PreconditionFailed);
        Answer copy = (await Api.PostAsync($"/flags/{flag.Id}/copy", new { environmentId = other.Id })).Expect(HttpStatusCode.Created);
        Assert.Equal(("cart-New", other.Id), (copy["key"].GetString(), copy["environmentId"].GetString()));
        (await Api.PostAsync($"/flags/{flag.Id}/copy", new { environmentId = other.Id })).ExpectProblem(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Archive_Flag_IsInNoSnapshotAndComesBack()
    {
        Answer environment = await Api.CreateEnvironmentAsync();
        Answer flag = await Api.CreateFlagAsync(environment.Id, "", "nav");
        (await Api.PatchAsync($"/flags/{flag.Id}", """{"archived":true}""")).Expect(HttpStatusCode.OK);
        Assert.Equal(DecisionReason.FlagNotFound, (await Api.DeciderAsync(environment["name"].GetString()!)).Decide("nav", "u").Reason);
        (await Api.PatchAsync($"/flags/{flag.Id}", """{"archived":false}""")).Expect(HttpStatusCode.OK);
        Assert.Equal("off", (await Api.DeciderAsync(environment["name"].GetString()!)).Decide("nav", "u").VariantKey);
        (await Api.DeleteAsync($"/flags/{flag.Id}")).Expect(HttpStatusCode.OK);
        (await Api.GetAsync($"/flags/{flag.Id}")).ExpectProblem(HttpStatusCode.NotFound);
    }
}
