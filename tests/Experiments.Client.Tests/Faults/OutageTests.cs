using Xunit.Abstractions;

namespace Experiments.Client.Tests.Faults;

/// <summary>Ten minutes without a store, on the fake clock.</summary>
[Collection(FaultServer.Name)]
public sealed class OutageTests(S3Server server, ITestOutputHelper output)
{
    private static readonly TimeSpan s_outage = TimeSpan.FromMinutes(10);

    private static readonly ProxyFault[] s_faces =
    [
        ProxyFaults.Refused, ProxyFaults.Hangs, ProxyFaults.SlowDown, ProxyFaults.Garbage, ProxyFaults.HangsInBody, ProxyFaults.Truncated,
        ProxyFaults.WrongPage, ProxyFaults.Reset, ProxyFaults.InternalError, ProxyFaults.Vanished,
    ];

    // The S3 client waits in real time before it tries again, so that here a short interval costs minutes.
    private static readonly TimeSpan s_s3Interval = LongRun.Enabled ? FaultRig.Interval : TimeSpan.FromMinutes(2);

    [Fact]
    public async Task S3_TenMinutesRefused_NoDecisionFails() =>
        await RunAsync(await S3FaultStore.CreateAsync(server), s_s3Interval, "S3: 10 minutes", [ProxyFaults.Refused]);

    [Fact]
    public async Task S3_TenMinutesOfEverything_NoDecisionFails() =>
        await RunAsync(await S3FaultStore.CreateAsync(server), s_s3Interval, "S3: 10 minutes", s_faces);

    [Fact]
    public async Task Url_TenMinutesRefused_NoDecisionFails() =>
        await RunAsync(await UrlFaultStore.CreateAsync(), FaultRig.Interval, "URL: 10 minutes", [ProxyFaults.Refused]);

    [Fact]
    public async Task Url_TenMinutesOfEverything_NoDecisionFails() =>
        await RunAsync(await UrlFaultStore.CreateAsync(), FaultRig.Interval, "URL: 10 minutes", s_faces);

    private async Task RunAsync(FaultStore store, TimeSpan interval, string name, ProxyFault[] faces)
    {
        await using FaultRig rig = await FaultRig.StartLoadedAsync(output, store, options => options.PollInterval = interval);
        rig.Inject(faces[0]);
        await store.PublishAsync(2);
        DateTimeOffset began = rig.Clock.GetUtcNow();
        for (int face = 0; rig.Clock.GetUtcNow() - began < s_outage; face++)
        {
            rig.Proxy.Fault = faces[face % faces.Length];
            await rig.PassAsync(s_outage / Math.Max(faces.Length, 2));
            Assert.Equal(1, rig.Decider.SnapshotVersion);
        }

        string what = faces.Length == 1 ? faces[0].What : $"{faces.Length} faults in turn";
        await rig.RecoverAsync(3, name, $"{what}, a poll each {interval.TotalSeconds} s", interval);
    }
}
