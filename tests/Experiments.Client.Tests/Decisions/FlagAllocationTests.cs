using System.Text;
using Experiments.Client.Decisions;

namespace Experiments.Client.Tests.Decisions;

/// <summary>Deciding flags of format 2 allocates nothing, whatever they use.</summary>
public sealed class FlagAllocationTests
{
    private const string Context = """
        {"plan":"pro","age":42,"email":"ann@corp.example","app":"4.12.0-rc.1","ip":"10.1.2.3","at":"2026-06-01T12:00:00+02:00",
         "tags":["a","b"],"items":[{"n":1},{"n":5}],"user":{"country":"US"}}
        """;

    [Theory]
    [InlineData("""{"attribute":"plan","operator":"eq","value":"pro"}""")]
    [InlineData("""{"attribute":"user.country","operator":"in","value":["CA","US"]}""")]
    [InlineData("""{"attribute":"plan","operator":"in","value":["PRO"],"ignoreCase":true}""")]
    [InlineData("""{"attribute":"age","operator":"gte","value":18}""")]
    [InlineData("""{"attribute":"email","operator":"endsWith","value":["@corp.example"]}""")]
    [InlineData("""{"attribute":"email","operator":"matches","value":"^[a-z]+@corp\\.(example|org)$"}""")]
    [InlineData("""{"attribute":"app","operator":"semverLt","value":"4.12.0"}""")]
    [InlineData("""{"attribute":"ip","operator":"cidr","value":["10.0.0.0/8"]}""")]
    [InlineData("""{"attribute":"at","operator":"after","value":"2026-01-01T00:00:00Z"}""")]
    [InlineData("""{"attribute":"age","operator":"exists","value":true}""")]
    [InlineData("""{"attribute":"tags","operator":"type","value":["array"]}""")]
    [InlineData("""{"attribute":"tags","operator":"size","if":{"attribute":[""],"operator":"eq","value":2}}""")]
    [InlineData("""{"attribute":"items","operator":"some","if":{"attribute":["","n"],"operator":"eq","value":5}}""")]
    [InlineData("""{"after":"2026-01-01T00:00:00Z"}""")]
    [InlineData("""{"audience":"staff"}""")]
    [InlineData("""{"flag":"base","variants":["on"]}""")]
    [InlineData("""{"hash":"md5","ranges":[[0,10000]]}""")]
    [InlineData("""{"hash":"sha256","ranges":[[0,"18446744073709551616"]]}""")]
    [InlineData("""{"hash":"number","ranges":[[0,10000]]}""")]
    public void Decide_Condition_HoldsAndAllocatesNothing(string condition)
    {
        FeatureDecider decider = Deciders.From(
            FlagsJson.Of(
                FlagsJson.On("f", condition) + "," + FlagsJson.On("base", "true"),
                hashes: """
                "md5":{"fn":"md5","input":["x",{"attr":["$key"]}],"buckets":10000},
                "sha256":{"fn":"sha256","input":[{"attr":["email"]}],"buckets":"18446744073709551616"},
                "number":{"fn":"fnv1a2","input":[{"attr":["age"],"as":"any"}],"buckets":10000}
                """,
                audiences: """ "staff":{"if":{"attribute":"email","operator":"endsWith","value":["@corp.example"]}} """),
            "prod",
            1);
        DecisionContext context = new DecisionContext().SetJson(Encoding.UTF8.GetBytes(Context));
        Assert.True(decider.IsOn("f", "user", context));
        Decision[] all = new Decision[decider.Count];
        Assert.Equal(0, Allocated.Bytes(() => decider.Decide("f", "user", context)));
        Assert.Equal(0, Allocated.Bytes(() => decider.DecideAll("user", all, context)));
    }
}
