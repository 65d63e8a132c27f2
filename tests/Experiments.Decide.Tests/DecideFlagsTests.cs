using System.Globalization;
using System.Text.Json;
using Experiments.Client.Decisions;
using Experiments.Decide.Endpoints.Answers;
using Experiments.Decide.Endpoints.Requests;
using Experiments.Decide.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Experiments.Decide.Tests;

/// <summary>What the list of flags says.</summary>
public sealed class DecideFlagsTests : IAsyncLifetime
{
    private const string SplitOnEveryone = """{"id":"all","serve":{"hash":"h","ranges":[{"start":0,"end":10000,"variant":"high"}]}}""";

    private readonly SnapshotStore _store = new();
    private DecideServer _server = null!;

    public async Task InitializeAsync() => _server = await DecideServer.StartAsync(_store);

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        _store.Dispose();
    }

    [Theory]
    [InlineData(""" "rules":[{"id":"r","serve":{"hash":"h","ranges":[{"start":0,"end":10000,"variant":"a"}]}}]""",
        """ "variant":"a","value":1,"reason":"SPLIT","rule":"r" """)]
    [InlineData(""" "rules":[{"serve":{"hash":"h","ranges":[{"start":0,"end":10000,"variant":null}]}}]""",
        """ "variant":null,"value":null,"reason":"SPLIT" """)]
    [InlineData(""" "rules":[{"if":{"attribute":"plan","operator":"eq","value":"pro"},"serve":"a"}]""",
        """ "variant":"a","value":1,"reason":"TARGETING_MATCH" """)]
    [InlineData(""" "rules":[{"id":"no","if":false,"serve":null},{"id":"yes","if":true,"serve":null}]""",
        """ "variant":null,"value":null,"reason":"TARGETING_MATCH","rule":"yes" """)]
    [InlineData(""" "rules":[{"id":"","serve":"a"}]""", """ "variant":"a","value":1,"reason":"STATIC","rule":"" """)]
    [InlineData(""" "rules":[{"id":"no","if":false,"serve":"a"}],"default":"a" """, """ "variant":"a","value":1,"reason":"DEFAULT" """)]
    [InlineData(""" "rules":[]""", """ "variant":null,"value":null,"reason":"DEFAULT" """)]
    [InlineData(""" "rules":[{"id":"r","serve":"unknown"}]""", """ "variant":null,"value":null,"reason":"STATIC","rule":"r" """)]
    [InlineData(""" "enabled":false,"off":"a","rules":[{"id":"r","serve":null}]""", """ "variant":"a","value":1,"reason":"DISABLED" """)]
    [InlineData(""" "enabled":false,"rules":[]""", """ "variant":null,"value":null,"reason":"DISABLED" """)]
    [InlineData(""" "rules":[{"id":"r","if":{"flag":"f","variants":["a"]},"serve":"a"}]""",
        """ "variant":null,"value":null,"reason":"ERROR","error":"CYCLE" """)]
    [InlineData(""" "rules":[{"id":"r","serve":{"error":"MALFORMED"}}]""",
        """ "variant":null,"value":null,"reason":"ERROR","error":"MALFORMED" """)]
    [InlineData(""" "rules":[{"if":{"error":"UNMAPPED"},"serve":"a"}],"default":"a" """,
        """ "variant":null,"value":null,"reason":"ERROR","error":"UNMAPPED" """)]
    [InlineData(""" "rules":[{"if":{"flag":"absent","variants":[null]},"serve":"a"}]""",
        """ "variant":"a","value":1,"reason":"TARGETING_MATCH" """)]
    [InlineData(""" "rules":[{"id":"r","serve":"a","reason":"PREREQUISITE \"FAILED\""}]""",
        """ "variant":"a","value":1,"reason":"PREREQUISITE \"FAILED\"","rule":"r" """)]
    [InlineData(""" "rules":[{"id":"r","serve":"a","reason":"ERROR"}]""", """ "variant":"a","value":1,"reason":"ERROR","rule":"r" """)]
    public async Task Flags_OneFlag_SaysHowItWasDecided(string flag, string entry)
    {
        _store.PublishFlags("prod", 1, $$"""{"key":"f","variants":{"a":1,"b":2},{{flag.Trim()}}}""");
        Assert.Equal($$"""[{"key":"f",{{entry.Trim()}}}]""", await FlagsAsync("prod", """{"plan":"pro"}"""));
    }

    [Fact]
    public async Task Flags_AboveAFault_SayTheFaultToo()
    {
        _store.PublishFlags("prod", 1, """
            {"key":"top","variants":{"a":1},"rules":[{"if":{"flag":"a","variants":["a"]},"serve":"a"}],"default":"a"},
            {"key":"a","variants":{"a":1},"rules":[{"if":{"flag":"b","variants":["a"]},"serve":"a"}]},
            {"key":"b","variants":{"a":1},"rules":[{"if":{"flag":"a","variants":["a"]},"serve":"a"}]}
            """);
        Assert.Equal(
            string.Join(',', ((string[])["[top", "a", "b"]).Select(key =>
                $$"""{{(key[0] == '[' ? "[" : "")}}{"key":"{{key.TrimStart('[')}}","variant":null,"value":null,"reason":"ERROR","error":"CYCLE"}""")) + "]",
            await FlagsAsync("prod"));
    }

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    [InlineData("null")]
    [InlineData("0")]
    [InlineData("-1.50e3")]
    [InlineData("12345678901234567890")]
    [InlineData("1e400")]
    [InlineData("\"\"")]
    [InlineData("\"gr\u00fcn \ud83d\ude42\"")]
    [InlineData("""  "\"\\\/\b\u0000\ud800" """)]
    [InlineData("[]")]
    [InlineData("""{"a":{"b":[1, 2.0,{"c":null}],"a":"\u00e9"},  "a":[[[]]]}""")]
    public async Task Flags_Value_IsAsPublished(string value)
    {
        _store.PublishFlags("prod", 1, $$"""{"key":"f","variants":{"a":{{value}}},"default":"a"}""");
        Assert.Equal($$"""[{"key":"f","variant":"a","value":{{value.Trim()}},"reason":"DEFAULT"}]""", await FlagsAsync("prod"));
    }

    [Fact]
    public async Task Flags_Names_AreEscaped()
    {
        _store.PublishFlags("prod", 1, """
            {"key":"\"\\\n\u00fc\ud800","variants":{"\"v\ud83d\ude42":1},"rules":[{"id":"\tr\"","serve":"\"v\ud83d\ude42"}]}
            """);
        Assert.Equal(
            """[{"key":"\"\\\nü\ud800","variant":"\"v🙂","value":1,"reason":"STATIC","rule":"\tr\""}]""", await FlagsAsync("prod"));
    }

    [Fact]
    public async Task Flags_DuplicateKeys_AreEachListed()
    {
        _store.PublishFlags("prod", 1, """
            {"key":"f","variants":{"a":1},"default":"a"},{"key":"g","variants":{"a":2},"default":"a"},{"key":"f","variants":{"a":3},"default":"a"}
            """);
        JsonElement flags = JsonElement.Parse(await FlagsAsync("prod"));
        Assert.Equal(["f1", "g2", "f3"], flags.EnumerateArray().Select(flag => $"{flag.GetProperty("key")}{flag.GetProperty("value")}"));
    }

    [Fact]
    public async Task Flags_ThatDecideExperiments_AreInBothLists()
    {
        _store.PublishFlags(
            "prod", 1, $$"""{"key":"pricing","variants":{"low":9,"high":12},"rules":[{{SplitOnEveryone}}]},{"key":"nav","variants":{"on":true},"default":"on"}""",
            string.Join(',', Experiment("e1", "pricing", "pricing"), SnapshotStore.Everyone.Replace("e1", "e2", StringComparison.Ordinal), Experiment("e3", "other", "pricing")));
        JsonElement answer = (await _server.GetAsync("/decide?user_key=u&env=prod&include=flags")).Json;
        Assert.Equal(
            ["pricing high p2", "everyone on v1", "other high p2"],
            answer.GetProperty("assignments").EnumerateArray().Select(assignment =>
                $"{assignment.GetProperty("experiment_key")} {assignment.GetProperty("variant_key")} {assignment.GetProperty("variant_id")}"));
        Assert.Equal(
            """[{"key":"pricing","variant":"high","value":12,"reason":"SPLIT","rule":"all"},{"key":"nav","variant":"on","value":true,"reason":"DEFAULT"}]""",
            answer.GetProperty("flags").GetRawText());
    }

    [Fact]
    public async Task Flags_ThatDecideExperiments_AreDecidedAtTheSameTime()
    {
        _store.PublishFlags(
            "prod", 1, $$"""{"key":"pricing","variants":{"low":9,"high":12},"rules":[{"if":{"before":"2026-11-24T12:00:00Z"},{{SplitOnEveryone[1..]}}]}""",
            Experiment("e1", "pricing", "pricing"));
        PreparedSnapshot prepared = (await _server.Environments.FindAsync("prod", default))!.Prepared!;
        var clock = new FakeTimeProvider(DateTimeOffset.Parse("2026-11-24T11:59:59Z", CultureInfo.InvariantCulture)) { AutoAdvanceAmount = TimeSpan.FromHours(1) };
        (string?, string?) first = Decide();
        Assert.Equal(("high", "high"), first);
        Assert.Equal((null, null), Decide());

        (string?, string?) Decide()
        {
            ReadOnlySpan<int> experiments = new DecideRequest { UserKey = "u" }.DecideEverything(
                prepared.Snapshot, prepared.FlagCount, new DecisionSurroundings(clock), out ReadOnlySpan<int> flags);
            return (prepared.Snapshot.Program.Outcomes[experiments[0]].VariantKey, prepared.Snapshot.Program.Outcomes[flags[0]].VariantKey);
        }
    }

    [Fact]
    public async Task Flags_GetAndPost_Agree()
    {
        _store.PublishFlags("prod", 1, """
            {"key":"f","variants":{"a":1,"b":2},"rules":[{"id":"pro","if":{"attribute":"plan","operator":"eq","value":"pro"},"serve":"a"},
             {"id":"half","serve":{"hash":"h","ranges":[{"start":0,"end":5000,"variant":"b"}]}}]}
            """, SnapshotStore.Everyone);
        List<string> answers = [];
        foreach (string context in (string[])["{}", """{"plan":"pro"}"""])
        {
            for (int i = 0; i < 20; i++)
            {
                Answer get = await _server.GetAsync($"/decide?user_key=u{i}&env=prod&include=flags&context={Uri.EscapeDataString(context)}");
                Answer post = await _server.PostAsync($$"""{"user_key":"u{{i}}","env":"prod","include":["flags"],"context":{{context}}}""");
                Assert.Equal(get.Text, post.Text);
                answers.Add(get.Json.GetProperty("flags")[0].GetProperty("reason").GetString()!);
            }
        }

        Assert.Equal(["DEFAULT", "SPLIT", "TARGETING_MATCH"], answers.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Flags_TenThousand_AreAllListedInOrder()
    {
        const int Count = 10_000;
        _store.PublishFlags(
            "prod", 1, string.Join(',', Enumerable.Range(0, Count).Select(i =>
                $$$"""{"key":"flag-{{{i}}}","variants":{"v":{"number":{{{i}}},"text":"some text"}},"rules":[{"id":"r{{{i}}}","if":{"hash":"h","ranges":[[0,10000]]},"serve":"v"}]}""")),
            SnapshotStore.Everyone);
        string expected = string.Join(',', Enumerable.Range(0, Count).Select(i =>
            $$$"""{"key":"flag-{{{i}}}","variant":"v","value":{"number":{{{i}}},"text":"some text"},"reason":"TARGETING_MATCH","rule":"r{{{i}}}"}"""));
        Assert.Equal($"[{expected}]", await FlagsAsync("prod"));
    }

    private static string Experiment(string id, string key, string flag) => $$"""
        {"id":"{{id}}","key":"{{key}}","salt":"s","flag":"{{flag}}","audienceRules":[],"targetingRules":[],
         "variants":[{"id":"p1","key":"low"},{"id":"p2","key":"high"}],"allocations":[]}
        """;

    /// <summary>The list as it is written.</summary>
    private async Task<string> FlagsAsync(string environment, string context = "{}")
    {
        Answer answer = await _server.GetAsync($"/decide?user_key=u&env={environment}&include=flags&context={Uri.EscapeDataString(context)}");
        Assert.Equal(answer.Body.Length.ToString(), answer.Headers["Content-Length"]);
        _ = answer.Json;
        int start = answer.Text.IndexOf(",\"flags\":", StringComparison.Ordinal) + ",\"flags\":".Length;
        return answer.Text[start..^1];
    }
}
