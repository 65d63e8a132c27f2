using Experiments.Client.Sources;
using Xunit.Abstractions;

namespace Experiments.Client.Tests.Faults;

/// <summary>A store that answers, but slowly.</summary>
[Collection(FaultServer.Name)]
public sealed class SlowStoreTests(S3Server server, ITestOutputHelper output)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Slow_AnswerThatGoesOn_IsLoaded(bool s3)
    {
        await using FaultRig rig = await FaultRig.StartLoadedAsync(output, await StoreAsync(s3));
        rig.Inject(ProxyFaults.Slow);
        await rig.PublishAsync(2);
        await rig.TurnAsync(TimeSpan.MaxValue);
        Assert.Equal(2, rig.Decider.SnapshotVersion);
        Assert.Empty(rig.Warnings);
        await rig.RecoverAsync(3, s3 ? "S3: slow" : "URL: slow", ProxyFaults.Slow.What);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Slow_LongerThanAMinute_IsGivenUpAndRecovered(bool s3)
    {
        await using FaultRig rig = await FaultRig.StartLoadedAsync(output, await StoreAsync(s3));
        rig.Inject(ProxyFaults.TooSlow);
        await rig.Store.PublishAsync(2);
        rig.Clock.AdvanceToNext(TimeSpan.MaxValue);
        await Eventually.HoldsAsync(
            () =>
            {
                rig.Clock.Advance(TimeSpan.FromSeconds(1));
                return rig.Poller.LastResult == PollResult.Failed;
            },
            "a poll that was given up");
        Assert.Equal(1, rig.Decider.SnapshotVersion);
        Assert.Contains("did not answer in time", Assert.Single(rig.Warnings), StringComparison.Ordinal);
        rig.Allow(2); // What trickled when the fault ended is version 2, and good.
        await rig.RecoverAsync(3, s3 ? "S3: too slow" : "URL: too slow", ProxyFaults.TooSlow.What);
    }

    private async Task<FaultStore> StoreAsync(bool s3) => s3 ? await S3FaultStore.CreateAsync(server) : await UrlFaultStore.CreateAsync();
}
