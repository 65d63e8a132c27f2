using System.Text;
using Experiments.Client.Snapshots;
using Xunit.Abstractions;

namespace Experiments.Client.Tests.Faults;

/// <summary>A store that works and holds what it should not.</summary>
[Collection(FaultServer.Name)]
public sealed class ContentFaultTests(S3Server server, ITestOutputHelper output)
{
    private static readonly string s_pointer = SnapshotKeys.Pointer(SnapshotJson.Environment);
    private static readonly TimeSpan s_while = FaultRig.Interval * LongRun.Count(4, full: 60);

    [Theory]
    [InlineData("experiments is an object", """{"version":2,"environment":"prod","publishedAt":"","experiments":{}}""")]
    [InlineData("key is a number", """{"version":2,"environment":"prod","publishedAt":"","experiments":[{"id":"a","key":5,"salt":"s","audienceRules":[],"targetingRules":[],"variants":[],"allocations":[]}]}""")]
    [InlineData("rangeStart is a text", """{"version":2,"environment":"prod","publishedAt":"","experiments":[{"id":"a","key":"k","salt":"s","audienceRules":[],"targetingRules":[],"variants":[],"allocations":[{"variantId":"v","rangeStart":"0","rangeEnd":1}]}]}""")]
    [InlineData("version is a text", """{"version":"2","environment":"prod","publishedAt":"","experiments":[]}""")]
    [InlineData("another environment", """{"version":2,"environment":"test","publishedAt":"","experiments":[]}""")]
    [InlineData("unknown format", """{"format":99,"version":2,"environment":"prod","publishedAt":"","experiments":[]}""")]
    [InlineData("format 2 of wrong types", """{"format":2,"version":2,"environment":"prod","publishedAt":"","flags":[{"key":7}]}""")]
    [InlineData("null", "null")]
    [InlineData("empty", "")]
    public async Task Poisoned_SnapshotWithItsRightSha256_NeverReplacesAGoodOne(string name, string json)
    {
        await using FaultRig rig = await StartAsync();
        await rig.Store.PublishAsync(2, content: Encoding.UTF8.GetBytes(json));
        await rig.PassAsync(s_while);
        Assert.Equal(1, rig.Decider.SnapshotVersion);
        Assert.Single(rig.Warnings);
        await rig.RecoverAsync(3, $"S3: poisoned, {name}", "a snapshot that is not one, with its right sha256");
    }

    [Fact]
    public async Task Poisoned_DeepNesting_NeverReplacesAGoodOne()
    {
        await using FaultRig rig = await StartAsync();
        await rig.Store.PublishAsync(2, content: Encoding.UTF8.GetBytes(new string('[', 1_000_000)));
        await rig.PassAsync(s_while);
        Assert.Equal(1, rig.Decider.SnapshotVersion);
        await rig.RecoverAsync(3, "S3: poisoned, nesting", "a million open brackets");
    }

    [Theory]
    [InlineData("not a pointer", "{\"version\":\"2\"}")]
    [InlineData("empty", "")]
    [InlineData("of nothing", "{\"version\":2}")]
    [InlineData("beyond every integer", "{\"version\":92233720368547758079223372036854775807}")]
    [InlineData("went back", "{\"version\":0}")]
    public async Task Pointer_Wrong_IsNeverFollowed(string name, string json)
    {
        await using FaultRig rig = await StartAsync();
        await rig.Store.PutAsync(s_pointer, Encoding.UTF8.GetBytes(json));
        await rig.PassAsync(s_while);
        Assert.Equal(1, rig.Decider.SnapshotVersion);
        Assert.Single(rig.Warnings);
        await rig.RecoverAsync(3, $"S3: pointer {name}", json.Length == 0 ? "nothing" : json);
    }

    [Fact]
    public async Task Pointer_FarAheadWithoutItsObject_DoesNotStopWhatFollows()
    {
        await using FaultRig rig = await StartAsync();
        await rig.Store.PutAsync(s_pointer, "{\"version\":9007199254740991}"u8.ToArray());
        await rig.PassAsync(s_while);
        await rig.RecoverAsync(3, "S3: pointer far ahead", "{\"version\":9007199254740991}");
    }

    [Fact]
    public async Task Pointer_WentBackToARealVersion_IsNeverFollowed()
    {
        await using FaultRig rig = await StartAsync();
        await rig.RecoverAsync(2, "S3: no fault", "nothing");
        await rig.Store.PublishAsync(1);
        await rig.PassAsync(s_while);
        Assert.Equal(2, rig.Decider.SnapshotVersion);
        Assert.Contains("went back to version 1", Assert.Single(rig.Warnings), StringComparison.Ordinal);
        await rig.RecoverAsync(3, "S3: restored backup", "the store is as it was one version ago");
    }

    [Fact]
    public async Task SameVersion_OtherContent_TheFirstStays()
    {
        await using FaultRig rig = await StartAsync();
        await rig.Store.PublishAsync(1, content: SnapshotJson.Of());
        await rig.PassAsync(s_while);
        Assert.Equal(FaultSnapshots.Flags, rig.Decider.Count);
        Assert.Contains("published again", Assert.Single(rig.Warnings), StringComparison.Ordinal);
        await rig.RecoverAsync(2, "S3: same version, other sha256", "version 1 again with other content");
    }

    [Fact]
    public async Task TwoEnvironments_OnePoisoned_TheOtherGoesOn()
    {
        await using FaultRig rig = await FaultRig.StartLoadedAsync(
            output, await S3FaultStore.CreateAsync(server), configure: null, SnapshotJson.Environment, "test/2");
        rig.Inject(ProxyFaults.Pass);
        rig.Allow(2);
        await rig.Store.PublishAsync(2, "test/2");
        await rig.Store.PublishAsync(2, content: "{}"u8.ToArray());
        await rig.PassAsync(s_while);
        Assert.Equal(1, rig.Decider.SnapshotVersion);
        Assert.Equal(2, rig.DeciderOf("test/2").SnapshotVersion);
        await rig.RecoverAsync(3, "S3: two environments, one poisoned", "{}");
    }

    [Theory]
    [InlineData("hangs")]
    [InlineData("500")]
    public async Task TwoEnvironments_StoreOfBothFails_BothRecover(string name)
    {
        ProxyFault fault = name == "hangs" ? ProxyFaults.Hangs : ProxyFaults.InternalError;
        await using FaultRig rig = await FaultRig.StartLoadedAsync(
            output, await S3FaultStore.CreateAsync(server), configure: null, SnapshotJson.Environment, "test");
        rig.Inject(fault);
        await rig.PassAsync(FaultRig.Interval * LongRun.Count(1, full: 60));
        await rig.RecoverAsync(2, $"S3: two environments, {fault.Name}", fault.What);
    }

    private async Task<FaultRig> StartAsync()
    {
        FaultRig rig = await FaultRig.StartLoadedAsync(output, await S3FaultStore.CreateAsync(server));
        rig.Inject(ProxyFaults.Pass);
        return rig;
    }
}
