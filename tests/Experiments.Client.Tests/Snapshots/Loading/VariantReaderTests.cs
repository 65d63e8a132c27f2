using System.Text.Json;
using Experiments.Client.Decisions;
using Experiments.Client.Snapshots;
using Experiments.Client.Snapshots.Loading;

namespace Experiments.Client.Tests.Snapshots.Loading;

/// <summary>Ids and payloads come out of their pages as they stood in the JSON.</summary>
public sealed class VariantReaderTests
{
    private static readonly string s_long = new('ü', 100_000);

    /// <summary>Ids as they are written, and as they are read.</summary>
    public static TheoryData<string, string> Ids => new()
    {
        { "", "" },
        { "v", "v" },
        { "größer 日本 🎉", "größer 日本 🎉" },
        { "a\\u0041\\n\\\"\\\\", "aA\n\"\\" },
        { "\\ud83c\\udf89", "🎉" },
        { "0f8fad5b-d9cb-469f-a165-70867728950e", "0f8fad5b-d9cb-469f-a165-70867728950e" },
        { "0f8fad5b-d9cb-469f-a165-70867728950\\u0065", "0f8fad5b-d9cb-469f-a165-70867728950e" },
        { "0F8FAD5B-D9CB-469F-A165-70867728950E", "0F8FAD5B-D9CB-469F-A165-70867728950E" },
        { "0f8fad5b-d9cb-469f-a165-70867728950", "0f8fad5b-d9cb-469f-a165-70867728950" },
        { "0f8fad5b-d9cb-469f-a165-70867728950g", "0f8fad5b-d9cb-469f-a165-70867728950g" },
        { "{f8fad5b-d9cb-469f-a165-70867728950}", "{f8fad5b-d9cb-469f-a165-70867728950}" },
        { "0f8fad5bd9cb469fa16570867728950e0f8f", "0f8fad5bd9cb469fa16570867728950e0f8f" },
        { s_long, s_long },
    };

    /// <summary>As they are written.</summary>
    public static TheoryData<string> Payloads => new(
        "{}", "[]", "\"\"", "null", "true", "-1.5e3", "\"\\ud800\"", """{"a":"\u00fc\n","b":[1, 2 ,{"c":null}]}""", """{"ü日🎉":""}""",
        $"\"{s_long}\"", $"[\"{s_long}\",1]");

    [Theory]
    [MemberData(nameof(Ids))]
    public void Ids_OfAnyText_AreReadAsTheyStand(string written, string read)
    {
        Decision decision = Decide(id: written, payload: """{"a":1}""");
        Assert.Equal(read, decision.VariantId);
        Assert.Equal(read, decision.ExperimentId);
        Assert.Same(decision.VariantId, decision.VariantId);
        Assert.Same(decision.ExperimentId, decision.ExperimentId);
        Assert.Equal("""{"a":1}""", decision.Payload.GetRawText());
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void PeekId_BeforeAndAfterTheIdWasRead_IsTheId(string written, string read)
    {
        Decision decision = Decide(id: written, payload: "1");
        for (int i = 0; i < 2; i++)
        {
            Assert.Equal(read, decision.Variant!.PeekId());
            Assert.Equal(read, decision.Origin.PeekExperimentId());
            Assert.Equal((read, read), (decision.VariantId, decision.ExperimentId));
        }
    }

    // Not a row of the theory: the runner passes its rows on as UTF-8.
    [Fact]
    public void Ids_WithALoneSurrogate_AreReadAsTheyStand()
    {
        Decision decision = Decide("\\ud800", "1");
        Assert.Equal(("\ud800", "\ud800"), (decision.Variant!.PeekId(), decision.Origin.PeekExperimentId()));
        Assert.Equal(("\ud800", "\ud800"), (decision.VariantId, decision.ExperimentId));
    }

    [Theory]
    [MemberData(nameof(Payloads))]
    public void Payloads_OfExperiments_AreKeptAsTheyStand(string payload)
    {
        string[] payloads = [.. Enumerable.Repeat(payload, 3), "[\"next\"]"];
        FeatureDecider decider = Deciders.From($"[{string.Join(',', payloads.Select((text, i) => SnapshotJson.Serving($"k{i}", text)))}]");
        Assert.All(payloads.Index(), item => Assert.Equal(item.Item, decider.Decide($"k{item.Index}", "u").Payload.GetRawText()));
    }

    [Theory]
    [MemberData(nameof(Payloads))]
    public void Payloads_OfFlags_AreKeptAsTheyStand(string payload)
    {
        FeatureDecider decider = Deciders.From(
            FlagsJson.Of($$$"""{"key":"f","type":"json","default":"b","variants":{"a":[1],"b":{{{payload}}},"c":[3]}}"""), "prod", 1);
        Decision decision = decider.Decide("f", "u");
        Assert.Equal(payload, decision.Payload.GetRawText());
        Assert.Null(decision.VariantId);
        Assert.Null(decision.ExperimentId);
    }

    [Fact]
    public void Value_EscapedText_IsReadAtLoad()
    {
        FeatureDecider decider = Deciders.From($"[{SnapshotJson.Serving("k", "\"\\u00fc\\ud800\"")}]");
        Assert.Equal("ü\ud800", decider.Value("k", "u", fallback: ""));
        Assert.Same(decider.Value("k", "u", fallback: ""), decider.Value("k", "u", fallback: ""));
    }

    [Theory]
    [InlineData("\"text\"")]
    [InlineData("12.5")]
    [InlineData("true")]
    [InlineData("{\"a\":1}")]
    public void Reading_ASecondTime_AllocatesNothing(string payload)
    {
        FeatureDecider decider = Deciders.From($"[{SnapshotJson.Serving("k", payload)}]");
        Decision decision = decider.Decide("k", "u");
        Assert.Equal(0, Allocated.Bytes(() => _ = decision.VariantId));
        Assert.Equal(0, Allocated.Bytes(() => _ = decision.ExperimentId));
        Assert.Equal(0, Allocated.Bytes(() => _ = decision.Payload.ValueKind));
        Assert.Equal(0, Allocated.Bytes(() => decider.Value("k", "u", fallback: 1.0)));
        Assert.Equal(0, Allocated.Bytes(() => decider.Value("k", "u", fallback: "none")));
        Assert.Equal(0, Allocated.Bytes(() => decider.Value("k", "u", fallback: false)));
    }

    [Fact]
    public void Reading_FromManyThreads_IsTheSameForAll()
    {
        for (int round = 0; round < 100; round++)
        {
            Decision decision = Decide("0f8fad5b-d9cb-469f-a165-70867728950e", """{"a":"b"}""");
            Parallel.For(0, 4, _ =>
            {
                Assert.Equal("0f8fad5b-d9cb-469f-a165-70867728950e", decision.VariantId);
                Assert.Equal("b", decision.Payload.GetProperty("a").GetString());
                Assert.Equal("0f8fad5b-d9cb-469f-a165-70867728950e", decision.ExperimentId);
            });
        }
    }

    [Fact]
    public void Payload_AfterTheSnapshotWasReplacedAndCollected_StaysValid()
    {
        var holder = new SnapshotHolder();
        var decider = new FeatureDecider("prod", holder, DecisionSurroundings.Default);
        Swap(holder, "[\"first\"]", version: 1);
        Decision decision = decider.Decide("k", "u");
        JsonElement payload = decision.Payload;
        Swap(holder, "[\"second\"]", version: 2);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.Equal("first", payload[0].GetString());
        Assert.Equal("v", decision.VariantId);
        Assert.Equal("id-k", decision.ExperimentId);
        Assert.Equal("second", decider.Decide("k", "u").Payload[0].GetString());
    }

    [Fact]
    public void Snapshot_InMemory_DoesNotHoldItsJson()
    {
        (CompiledSnapshot snapshot, WeakReference json) = Load();
        for (int i = 0; i < 10 && json.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(json.IsAlive);
        GC.KeepAlive(snapshot);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static (CompiledSnapshot Snapshot, WeakReference Json) Load()
    {
        byte[] json = SnapshotJson.Of($"[{SnapshotJson.Experiment()}]");
        CompiledSnapshot snapshot = SnapshotReader.Read(json, "prod", 1).Snapshot!;
        _ = snapshot.Program.Outcomes[^2].Payload;
        return (snapshot, new WeakReference(json));
    }

    private static void Swap(SnapshotHolder holder, string payload, long version) => holder.Swap(
        SnapshotReader.Read(SnapshotJson.Of($"[{SnapshotJson.Serving("k", payload)}]", version), "prod", version).Snapshot!);

    /// <summary>Of an experiment with this id, whose only variant has it too.</summary>
    private static Decision Decide(string id, string payload) => Deciders.From($$"""
        [{"id":"{{id}}","key":"k","salt":"s","audienceRules":[],"targetingRules":[],
          "variants":[{"id":"{{id}}","key":"on","payload":{{payload}}}],"allocations":[{"variantId":"{{id}}","rangeStart":0,"rangeEnd":9999}]}]
        """).Decide("k", "u");
}
