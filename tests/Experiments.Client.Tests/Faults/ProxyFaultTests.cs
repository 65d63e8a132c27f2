using Xunit.Abstractions;

namespace Experiments.Client.Tests.Faults;

/// <summary>Every fault of a network and of what is behind it, during polls and during loads.</summary>
[Collection(FaultServer.Name)]
public sealed class ProxyFaultTests(S3Server server, ITestOutputHelper output)
{
    private static readonly ProxyFault[] s_faults =
    [
        ProxyFaults.Refused, ProxyFaults.Reset, ProxyFaults.Hangs, ProxyFaults.Hangs.On(ProxyFaults.Snapshots, "for the snapshot"),
        ProxyFaults.HangsInBody, ProxyFaults.HangsInBody.On(ProxyFaults.Snapshots, "of the snapshot"),
        ProxyFaults.Truncated, ProxyFaults.Truncated.On(ProxyFaults.Snapshots, "of the snapshot"), ProxyFaults.ClosedAfterHeaders,
        ProxyFaults.ClosedAfterHeaders.On(ProxyFaults.Snapshots, "of the snapshot"), ProxyFaults.InternalError, ProxyFaults.SlowDown,
        ProxyFaults.Forbidden, ProxyFaults.Vanished, ProxyFaults.WrongPage,
        ProxyFaults.WrongPage.On(ProxyFaults.Snapshots, "for the snapshot"),
        ProxyFaults.NotModified, ProxyFaults.NotModified.On(ProxyFaults.Snapshots, "for the snapshot"), ProxyFaults.Garbage,
        ProxyFaults.WrongChecksum, ProxyFaults.HugePointer, ProxyFaults.EndlessPointer,
        ProxyFaults.HugeSnapshot, ProxyFaults.OldPointer(FaultSnapshots.PointerTo(0, [])),
    ];

    public static TheoryData<string> Names => [.. s_faults.Select(fault => fault.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task S3_AnyFault_NoDecisionFailsAndRecoveryTakesOneInterval(string name) =>
        await RunAsync(await S3FaultStore.CreateAsync(server), name, "S3", LongRun.Count(1, full: 60));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Url_AnyFault_NoDecisionFailsAndRecoveryTakesOneInterval(string name) =>
        await RunAsync(await UrlFaultStore.CreateAsync(), name, "URL", LongRun.Count(10, full: 120));

    private async Task RunAsync(FaultStore store, string name, string kind, int intervals)
    {
        ProxyFault fault = s_faults.Single(fault => fault.Name == name);
        await using FaultRig rig = await FaultRig.StartLoadedAsync(output, store);
        rig.Inject(fault);

        // Something to load, which the fault keeps from arriving.
        await store.PublishAsync(2);
        await rig.PassAsync(FaultRig.Interval * (intervals + 0.5)); // Until the first poll begins it may take 1.1.
        Assert.Equal(1, rig.Decider.SnapshotVersion);

        // Said once, or once for each of its faces, and not once a poll. A 304 to a condition is no fault that a client could see.
        Assert.InRange(rig.Warnings.Count, fault == ProxyFaults.NotModified ? 0 : 1, 3);

        await rig.RecoverAsync(3, $"{kind}: {fault.Name}", fault.What);
    }
}
