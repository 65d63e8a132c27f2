using System.Text;
using Experiments.Client.Decisions;
using Experiments.Client.Snapshots.Loading;
using Experiments.Client.Targeting;

namespace Experiments.Client.Tests.Snapshots;

/// <summary>
/// Large and hostile snapshots: each is loaded or refused in time and memory that grow with its size and no faster, on a small stack, and what
/// is loaded decides. Allocated bytes, which are never less than the peak, are asserted as a multiple of the snapshot's.
/// </summary>
public sealed class SnapshotBoundsTests
{
    private const int SmallStack = 256 * 1024;

    [Fact]
    public void Read_HundredThousandRules_LoadsAndDecides()
    {
        string rules = Joined(100_000, i => $$"""{"id":"r{{i}}","if":{"attribute":"n","operator":"eq","value":{{i}}},"serve":"a"}""");
        SnapshotLoad load = Load(Flags(Flag("f", rules)), allocatedPerByte: 40);
        Assert.Equal("r99999", Decide(load, "f", """{"n":99999}""").RuleId);
        Assert.Equal(DecisionReason.Default, Decide(load, "f", "{}").Reason);
    }

    [Fact]
    public void Read_HundredThousandRulesThatNeverHold_LoadsAndDecides()
    {
        SnapshotLoad load = Load(Flags(Flag("f", Joined(100_000, _ => """{"if":false,"serve":"a"}"""))), allocatedPerByte: 40);
        Assert.Equal(DecisionReason.Default, Decide(load, "f", "{}").Reason);
    }

    [Theory]
    [InlineData("in", "", 40)]
    [InlineData("in", ",\"ignoreCase\":true", 80)]
    [InlineData("startsWith", "", 40)]
    [InlineData("cidr", "", 40)]
    public void Read_MillionOperands_LoadsAndDecides(string op, string more, int allocatedPerByte)
    {
        string ids = Joined(1_000_000, i => $"\"user-{i}\"");
        SnapshotLoad load = Load(
            Flags(Flag("f", $$"""{"if":{"attribute":"id","operator":"{{op}}","value":[{{ids}}]{{more}}},"serve":"a"}""")), allocatedPerByte);
        Assert.Equal(op == "cidr" ? null : "a", Decide(load, "f", """{"id":"user-999999"}""").VariantKey);
        Assert.Null(Decide(load, "f", """{"id":"nobody"}""").VariantKey);
    }

    [Theory]
    [InlineData("{\"not\":", "}")]
    [InlineData("{\"all\":[", "]}")]
    [InlineData("{\"any\":[false,", "]}")]
    public void Read_NestedConditions_UpToTheLimit(string open, string close)
    {
        Assert.Empty(Read(Nested(LoadLimits.ConditionDepth)).Faults);
        string fault = Assert.Single(Read(Nested(LoadLimits.ConditionDepth + 1)).Faults);
        Assert.StartsWith("$.flags[0].rules[0].if.", fault, StringComparison.Ordinal);
        Assert.EndsWith(": conditions are nested deeper than 200", fault, StringComparison.Ordinal);
        Assert.Contains("nested deeper", Assert.Single(Read(Nested(500)).Faults), StringComparison.Ordinal);
        Assert.StartsWith("not JSON: ", Assert.Single(Read(Nested(10_000)).Faults), StringComparison.Ordinal);

        // The innermost is an object too.
        byte[] Nested(int depth) => Flags(Flag("f", $$"""{"if":{{Repeated(open, depth - 1)}}{"after":"2026-11-24T00:00:00Z"}{{Repeated(close, depth - 1)}},"serve":"a"}"""));
    }

    [Fact]
    public void Read_DeepestConditionsOnASmallStack_DoesNotOverflow() => OnASmallStack(() =>
    {
        string inner = $"{Repeated("{\"any\":[", 190)}true{Repeated("]}", 190)}";
        string nested = $$"""{"attribute":"items","operator":"some","if":{{Repeated("""{"attribute":[""],"operator":"some","if":""", 7)}}{{inner}}{{Repeated("}", 7)}}}""";
        SnapshotLoad load = Read(Flags(Flag("f", $$"""{"if":{{nested}},"serve":"a"}""")));
        Assert.Empty(load.Faults);
        Assert.Equal("a", Decide(load, "f", $$"""{"items":{{Repeated("[", 100)}}{{Repeated("]", 100)}}}""").VariantKey);
        Assert.NotEmpty(Read(Flags(Flag("f", $$"""{"if":{{Repeated("{\"not\":", 1_000)}}5{{Repeated("}", 1_000)}},"serve":"a"}"""))).Faults);
        Assert.NotEmpty(Read(Flags(Flag("f", $$"""{"if":{{Repeated("{\"all\":[", 500)}}5{{Repeated("]}", 500)}},"serve":"a"}"""))).Faults);
    });

    [Fact]
    public void Read_SomeInSome_UpToTheLimit()
    {
        Assert.Empty(Read(Nested(LoadLimits.NestedDepth, "some")).Faults);
        Assert.EndsWith(
            ".if: conditions on elements are nested deeper than 8",
            Assert.Single(Read(Nested(LoadLimits.NestedDepth + 1, "some")).Faults),
            StringComparison.Ordinal);

        // The condition of an operator that has none is checked all the same.
        Assert.Single(Read(Nested(LoadLimits.NestedDepth + 1, "eq")).Faults);

        static byte[] Nested(int depth, string op) => Flags(Flag(
            "f", $$"""{"if":{{Repeated($$"""{"attribute":[""],"operator":"{{op}}","if":""", depth)}}true{{Repeated("}", depth)}},"serve":"a"}"""));
    }

    [Fact]
    public void Decide_ChainOfAudiencesThatLookAtElements_EndsInAFaultAndNotInAnOverflow() => OnASmallStack(() =>
    {
        string audiences = Joined(10_000, i => $$"""
            "a{{i}}":{"if":{"attribute":"items","operator":"some","if":{"audience":"a{{i + 1}}"} } }
            """);
        SnapshotLoad load = Load(Flags(Flag("f", """{"if":{"audience":"a0"},"serve":"a"}"""), extra: $$"""
            "audiences":{ {{audiences}},"a10000":{"if":true} },
            """), allocatedPerByte: 60);
        Assert.Equal("GENERAL", Decide(load, "f", """{"items":[1]}""").Fault);
        Assert.Equal(DecisionReason.Default, Decide(load, "f", "{}").Reason);
    });

    [Fact]
    public void Read_HundredThousandFlagsInOneChain_LoadsAndDecides() => OnASmallStack(() =>
    {
        string flags = Joined(100_000, i => Flag($"f{i}", $$"""{"if":{"flag":"f{{i + 1}}","variants":["a"]},"serve":"a"}"""));
        SnapshotLoad load = Load(Flags($"{flags},{Flag("f100000", "{\"serve\":\"a\"}")}"), allocatedPerByte: 40);
        Assert.Equal("a", Decide(load, "f0", "{}").VariantKey);
        Decision[] all = new Decision[load.Snapshot!.Flags.Length];
        Evaluator.DecideAll(load.Snapshot, DecisionSurroundings.Default, "user", all, new ContextAttributes(new DecisionContext()));
        Assert.All(all, decision => Assert.Equal("a", decision.VariantKey));
    });

    [Fact]
    public void Read_TenThousandAudiencesInARing_LoadsAndEndsInCycle() => OnASmallStack(() =>
    {
        string audiences = Joined(10_000, i => $$"""
            "a{{i}}":{"if":{"any":[{"attribute":"x","operator":"exists","value":true},{"audience":"a{{(i + 1) % 10_000}}"}]} }
            """);
        SnapshotLoad load = Load(
            Flags(Flag("f", """{"if":{"audience":"a0"},"serve":"a"}"""), extra: $$"""
                "audiences":{ {{audiences}} },
                """),
            allocatedPerByte: 60);
        Assert.Equal("CYCLE", Decide(load, "f", "{}").Fault);
        Assert.Equal("a", Decide(load, "f", """{"x":1}""").VariantKey);
    });

    [Theory]
    [InlineData("\"ab\"")]
    [InlineData("{\"attr\":[\"$key\"]}")]
    [InlineData("{\"attr\":[\"nope\",[\"a\",\"b\"],\"$key\"],\"as\":\"any\"}")]
    public void Read_HundredThousandInputParts_LoadsAndDecides(string part)
    {
        SnapshotLoad load = Load(
            Flags(
                Flag("f", """{"if":{"hash":"h","ranges":[[0,10000]]},"serve":"a"}"""),
                extra: $$"""
                    "hashes":{"h":{"fn":"murmur3","input":[{"attr":["$key"]},{{Joined(100_000, _ => part)}}],"buckets":10000} },
                    """),
            allocatedPerByte: 60);
        Assert.Equal("a", Decide(load, "f", "{}").VariantKey);

        // A text of gigabytes is nobody's unit.
        Assert.Equal(part.Contains("key", StringComparison.Ordinal) ? null : "a", Decide(load, "f", "{}", new string('u', 1_000_000)).VariantKey);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Read_MillionRanges_LoadsAndDecides(int kind)
    {
        // Within each other; overlapping like tiles; reversed.
        string ranges = Joined(1_000_000, i => kind switch
        {
            0 => $$"""{"start":{{i}},"end":{{2_000_000 - i}},"variant":"{{(i % 2 == 0 ? "a" : "b")}}"}""",
            1 => $$"""{"start":{{i}},"end":{{i + 10}},"variant":"{{(i % 2 == 0 ? "a" : "b")}}"}""",
            _ => $$"""{"start":{{i + 1}},"end":{{i}},"variant":"a"}""",
        });
        SnapshotLoad load = Load(
            Flags(
                Flag("f", $$"""{"serve":{"hash":"h","ranges":[{{ranges}}] } }"""),
                extra: """
                    "hashes":{"h":{"fn":"murmur3","input":[{"attr":["$key"]}],"buckets":1000000}},
                    """),
            allocatedPerByte: 40);
        Assert.Equal(kind == 2 ? DecisionReason.Default : DecisionReason.Split, Decide(load, "f", "{}").Reason);
    }

    [Fact]
    public void Read_HugeTexts_LoadsAndDecides()
    {
        string text = new('x', 4_000_000);
        string escaped = Repeated("\\u0078", 1_000_000);
        SnapshotLoad load = Load(
            Flags($"{Flag("f", $$"""{"id":"{{text}}","if":{"attribute":"{{escaped}}","operator":"eq","value":"{{text}}"},"serve":"a","reason":"{{escaped}}"}""")}, {Flag(escaped, "")}"),
            allocatedPerByte: 12);
        Assert.Equal("a", Decide(load, "f", $$"""{"{{new string('x', 1_000_000)}}":"{{text}}"}""").VariantKey);
    }

    [Fact]
    public void Read_HugeNumbers_AreInfinity()
    {
        SnapshotLoad load = Load(
            Flags(Flag("f", """{"if":{"attribute":"n","operator":"gte","value":1e400},"serve":"a"},{"if":{"attribute":"n","operator":"lt","value":-1e99999999999},"serve":"a"}""")),
            allocatedPerByte: 300);
        Assert.Equal("a", Decide(load, "f", """{"n":1e400}""").VariantKey);
        Assert.Null(Decide(load, "f", """{"n":1e300}""").VariantKey);
        Assert.Single(Read(Flags(Flag("f", """{"if":{"hash":"h","ranges":[[0,1e400]]},"serve":"a"}"""))).Faults);
    }

    [Fact]
    public void Read_MuchWhitespace_TakesNoMemory()
    {
        byte[] snapshot = Flags(Flag("f", "{\"serve\":\"a\"}"));
        byte[] blanks = new byte[64_000_000];
        blanks.AsSpan().Fill((byte)' ');
        long before = GC.GetAllocatedBytesForCurrentThread();
        SnapshotLoad load = Read([.. blanks, .. snapshot, .. blanks]);
        Assert.Equal("a", Decide(load, "f", "{}").VariantKey);

        // The copy just made, and next to nothing.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 129_000_000);
    }

    [Fact]
    public void Read_ManyAndLongStickyNames_AreRefusedAboveATotal()
    {
        string Rule(int min, string key) => $$"""{"serve":{"hash":"h","ranges":[],"sticky":{"key":"{{key}}","min":{{min}} } } }""";
        Assert.Contains(".sticky.min: 1001 is more than 1000", Assert.Single(Read(Flags(Flag("f", Rule(1001, "k")))).Faults), StringComparison.Ordinal);
        Load(Flags(Flag("f", Joined(100, _ => Rule(1000, "k")))), allocatedPerByte: 2_000);
        Refused(Flags(Flag("f", Joined(10_000, _ => Rule(1000, "k")))), "sticky entries");
        Refused(Flags(Flag("f", Rule(1000, new string('k', 1_000_000)))), "sticky entries");
        string variants = Joined(10_000, i => $"\"{i}\":1");
        Refused(Flags($$"""{"key":"f","variants":{ {{variants}} },"rules":[{{Joined(10_000, _ => Rule(0, "k"))}}]}"""), "sticky splits");
    }

    [Fact]
    public void Read_ManyLargePatterns_AreRefusedAboveATotal()
    {
        string Rule(string pattern) => $$"""{"if":{"attribute":"a","operator":"matches","value":"{{pattern}}"},"serve":"a"}""";
        Refused(Flags(Flag("f", Joined(10_000, _ => Rule("(a{100}){9}")))), "patterns");
        Load(Flags(Flag("f", Joined(1_000, _ => Rule("((((a{0}){1000}){1000}){1000}){1000}")))), allocatedPerByte: 200);
        Load(Flags(Flag("f", Joined(100, _ => Rule(Repeated("[\\\\pLa]", 500))))), allocatedPerByte: 200);
        Load(Flags(Flag("f", Joined(1_000, _ => Rule("((((){1000}){1000}){1000}){1000}")))), allocatedPerByte: 200);
    }

    [Fact]
    public void Read_LongPathsOfAttributes_AreRefusedAboveATotal()
    {
        string Rule(string attribute) => $$"""{"if":{"attribute":{{attribute}},"operator":"exists","value":true},"serve":"a"}""";
        SnapshotLoad load = Load(Flags(Flag("f", Rule($"\"{new string('.', 1_000_000)}\""))), allocatedPerByte: 20);
        Assert.Equal("a", Decide(load, "f", $$"""{"{{new string('.', 1_000_000)}}":1}""").VariantKey);
        Load(Flags(Flag("f", Rule($"[{Joined(100_000, _ => "\"a\"")}]"))), allocatedPerByte: 60);
        Load(Flags(Flag("f", Joined(1_000, i => Rule($"\"{i}{new string('.', 100)}\"")))), allocatedPerByte: 500);
        Refused(Flags(Flag("f", Joined(10_000, i => Rule($"\"{i}{new string('.', 100)}\"")))), "segments");
    }

    [Theory]
    [InlineData("{\"key\":\"k\",\"variants\":{},\"rules\":[{\"serve\":{\"error\":\"GENERAL\"}}]}", 100)]
    [InlineData("{\"key\":\"\",\"variants\":{}}", 100)]
    [InlineData("{\"key\":\"k\",\"variants\":{\"a\":1,\"b\":[]},\"rules\":[{\"serve\":\"a\"},{\"serve\":null,\"if\":{\"any\":[true,true,true,true]}}]}", 40)]
    [InlineData("{\"key\":\"k\",\"variants\":{},\"rules\":[{\"serve\":{\"hash\":\"h\",\"ranges\":[]}}]}", 100)]
    [InlineData("null", 1)]
    [InlineData("{}", 1)]
    public void Read_ManySmallFlags_TakeMemoryInProportion(string flag, int allocatedPerByte) =>
        Load(Flags(Joined(200_000, _ => flag)), allocatedPerByte, isAccepted: allocatedPerByte > 1);

    private static void OnASmallStack(Action action)
    {
        Exception? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    action();
                }
#pragma warning disable CA1031 // Thrown again on the test's own thread.
                catch (Exception exception)
#pragma warning restore CA1031
                {
                    failure = exception;
                }
            },
            SmallStack);
        thread.Start();
        thread.Join();
        Assert.Null(failure);
    }

    private static void Refused(byte[] json, string about)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains(about, Assert.Single(Read(json).Faults), StringComparison.Ordinal);

        // As much as the total allows, and no more.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 400_000_000);
    }

    private static SnapshotLoad Load(byte[] json, int allocatedPerByte, bool isAccepted = true)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        SnapshotLoad load = Read(json);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(isAccepted, load.IsAccepted);
        Assert.InRange(allocated, 0, ((long)allocatedPerByte * json.Length) + 100_000_000 * (isAccepted ? 0 : 1));
        return load;
    }

    private static SnapshotLoad Read(byte[] json) => SnapshotReader.Read(json, "prod", 1);

    private static Decision Decide(SnapshotLoad load, string key, string context, string user = "user") => Evaluator.Decide(
        load.Snapshot!,
        load.Snapshot!.FlagByKey[key],
        DecisionSurroundings.Default,
        user,
        new ContextAttributes(new DecisionContext().SetJson(Encoding.UTF8.GetBytes(context))));

    private static byte[] Flags(string flags, string extra = "") => Encoding.UTF8.GetBytes($$"""
        {"version":1,"environment":"prod","publishedAt":"2026-11-24T00:00:00.000Z","experiments":[],"format":2,{{extra}}"flags":[{{flags}}]}
        """);

    private static string Flag(string key, string rules) => $$"""{"key":"{{key}}","variants":{"a":1,"b":2},"rules":[{{rules}}]}""";

    private static string Joined(int count, Func<int, string> item) => string.Join(',', Enumerable.Range(0, count).Select(item));

    private static string Repeated(string text, int count) => new StringBuilder(text.Length * count).Insert(0, text, count).ToString();
}
