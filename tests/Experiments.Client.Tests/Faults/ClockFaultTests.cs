using Xunit.Abstractions;

namespace Experiments.Client.Tests.Faults;

/// <summary>The wall clock jumps while timers and timestamps go on.</summary>
[Collection(FaultServer.Name)]
public sealed class ClockFaultTests(S3Server server, ITestOutputHelper output)
{
    public static TheoryData<int> Hours => [1, 24 * 365, -1, -24 * 365];

    [Theory]
    [MemberData(nameof(Hours))]
    public async Task Jump_BetweenPolls_ChangesNothing(int hours)
    {
        await using FaultRig rig = await FaultRig.StartLoadedAsync(output, await S3FaultStore.CreateAsync(server));
        rig.Inject(ProxyFaults.Pass);
        rig.Clock.Jump(TimeSpan.FromHours(hours));
        await rig.RecoverAsync(2, "S3: clock jump", $"{hours:+0;-0} h");
        for (int i = 0; i < LongRun.Count(4, full: 100); i++)
        {
            rig.Clock.Jump(TimeSpan.FromHours(i % 2 == 0 ? -hours : hours));
            await rig.PassAsync(FaultRig.Interval);
        }

        Assert.Empty(rig.Warnings);
        await rig.RecoverAsync(3, "S3: clock jumps to and fro", $"{hours:+0;-0} h");
    }

    [Theory]
    [MemberData(nameof(Hours))]
    public async Task Jump_DuringAnOutage_RecoversInOneInterval(int hours)
    {
        await using FaultRig rig = await FaultRig.StartLoadedAsync(output, await UrlFaultStore.CreateAsync());
        rig.Inject(ProxyFaults.Hangs);
        for (int i = 0; i < LongRun.Count(6, full: 100); i++)
        {
            await rig.TurnAsync(TimeSpan.MaxValue);
            rig.Clock.Jump(TimeSpan.FromHours(i % 2 == 0 ? hours : -hours));
        }

        await rig.RecoverAsync(2, "URL: clock jump and hang", $"{hours:+0;-0} h");
    }
}
