using System.Text;
using Experiments.Client.Bucketing;
using Experiments.Client.Decisions;
using Experiments.Client.Snapshots;

namespace Experiments.Client.Tests.Decisions;

/// <summary>Deciding allocates nothing: 0 bytes after a warm-up, on the stack and with pooled arrays.</summary>
public sealed class AllocationFreeTests
{
    private const string Rules = """
        [{"conditions":[{"attribute":"country","operator":"in","value":["US","DE","FR","IT","ES","PT","SE","NO","DK","FI"]},
          {"attribute":"age","operator":"gt","value":18}]},
         {"conditions":[{"attribute":"user.plan","operator":"contains","value":"pro"}]}]
        """;

    private static readonly string s_longUserKey = new('u', 2_048);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Decide_Span_AllocatesNothing(bool longUserKey)
    {
        FeatureDecider decider = Decider(1);
        string user = User(longUserKey);
        AssertFree(() => decider.Decide("plain-0", user));
        AssertFree(() => decider.Decide("targeted-0", user, [("country", "US"), ("age", 42), ("beta", true), ("none", null)]));
        AssertFree(() => decider.Decide("targeted-0", user, [("country", "XX"), ("age", 42)]));
        AssertFree(() => decider.Decide("unknown", user, [("country", "US")]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Decide_Context_AllocatesNothing(bool longUserKey)
    {
        FeatureDecider decider = Decider(1);
        string user = User(longUserKey);
        DecisionContext context = new DecisionContext().SetJson("""{"country":"XX","user":{"plan":"a pro plan"}}"""u8);
        Assert.True(decider.Decide("targeted-0", user, context).IsAssigned);
        AssertFree(() => decider.Decide("plain-0", user, context));
        AssertFree(() => decider.Decide("targeted-0", user, context));
        AssertFree(() => decider.Decide("unknown", user, context));
    }

    [Fact]
    public void Decide_NotReady_AllocatesNothing()
    {
        var decider = new FeatureDecider("prod", new SnapshotHolder(), DecisionSurroundings.Default);
        var context = new DecisionContext();
        Decision[] decisions = new Decision[1];
        AssertFree(() => decider.Decide("k", "user", [("a", 1)]));
        AssertFree(() => decider.Decide("k", "user", context));
        AssertFree(() => decider.DecideAll("user", decisions));
        AssertFree(() => decider.IsOn("k", "user"));
    }

    [Fact]
    public void IsOnAndValue_Scalars_AllocateNothing()
    {
        FeatureDecider decider = Deciders.From($"[{SnapshotJson.Serving("flag", "true")},{SnapshotJson.Serving("price", "12.34")}]");
        Assert.True(decider.IsOn("flag", "user"));
        Assert.Equal(12.34, decider.Value("price", "user", fallback: 1.0));
        AssertFree(() => decider.IsOn("flag", "user", [("a", "b")]));
        AssertFree(() => decider.IsOn("unknown", "user"));
        AssertFree(() => decider.Value("flag", "user", fallback: false));
        AssertFree(() => decider.Value("price", "user", fallback: 1.0, [("a", "b")]));
        AssertFree(() => decider.Value("price", "user", fallback: true));
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(10, false)]
    [InlineData(100, false)]
    [InlineData(100, true)]
    public void DecideAll_AnyCount_AllocatesNothing(int count, bool longUserKey)
    {
        FeatureDecider decider = Decider(count);
        string user = User(longUserKey);
        Decision[] decisions = new Decision[decider.Count];
        DecisionContext context = new DecisionContext().Set("country", "US").Set("age", 42);
        Assert.Equal(2 * count, decider.DecideAll(user, decisions, context));
        Assert.All(decisions, decision => Assert.True(decision.IsAssigned));
        AssertFree(() => decider.DecideAll(user, decisions));
        AssertFree(() => decider.DecideAll(user, decisions, [("country", "US"), ("age", 42)]));
        AssertFree(() => decider.DecideAll(user, decisions, context));
    }

    [Theory]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(129)]
    [InlineData(300)]
    public void DecideAll_ManyAttributes_AllocatesNothingAndDecidesRight(int attributes)
    {
        // Up to 128 look-ups are remembered on the stack, more in a pooled array.
        FeatureDecider decider = Deciders.From($"[{string.Join(',', Enumerable.Range(0, attributes).Select(i => SnapshotJson.Experiment(
            $"k{i}", targetingRules: SnapshotJson.Rule($"a{i}", "eq", $"{i}"), allocations: SnapshotJson.Everyone)))}]");
        Decision[] decisions = new Decision[attributes];
        var context = new DecisionContext();
        for (int i = 0; i < attributes; i += 2)
        {
            context.Set($"a{i}", i);
        }

        for (int i = 0; i < 2; i++)
        {
            // The second time the pooled array comes back with what the first one left in it.
            decider.DecideAll("user", decisions, context);
            Assert.Equal(Enumerable.Range(0, attributes).Select(n => n % 2 == 0), decisions.Select(decision => decision.IsAssigned));
        }

        AssertFree(() => decider.DecideAll("user", decisions, context));
    }

    [Theory]
    [InlineData("""{"country":"US","age":42,"user":{"plan":"pro","tags":["a","b"]},"esc\u0061ped":"x\ny","n":null,"t":true}""")]
    [InlineData("{}")]
    public void SetJson_ReusedContext_AllocatesNothing(string json)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(json);
        var context = new DecisionContext();
        AssertFree(() => context.SetJson(utf8));
        AssertFree(() => context.Clear().Set("country", "US").Set("age", 42).Set("beta", true));
    }

    [Fact]
    public void SetJson_ReusedContextLargerThanItsFirstBuffers_AllocatesNothing()
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(
            $"{{{string.Join(',', Enumerable.Range(0, 300).Select(i => $"\"attribute-{i}\":[{i},\"{i}\"]"))}}}");
        var context = new DecisionContext();
        AssertFree(() => context.SetJson(utf8));
    }

    private static string User(bool isLong) => isLong ? s_longUserKey : "user-123";

    /// <summary>So many experiments for everyone, and as many with targeting.</summary>
    private static FeatureDecider Decider(int count) => Deciders.From($"[{string.Join(',', Enumerable.Range(0, count).SelectMany(i => new[]
    {
        SnapshotJson.Experiment($"plain-{i}", $"2f6c1b5e-8d0a-4e3b-9c47-{i:d12}"),
        SnapshotJson.Experiment($"targeted-{i}", $"9d6c1b5e-8d0a-4e3b-9c47-{i:d12}", targetingRules: Rules),
    }))}]");

    private static void AssertFree(Action action) => Assert.Equal(0, Allocated.Bytes(action));
}
