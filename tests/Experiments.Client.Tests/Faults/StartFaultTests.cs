using System.Diagnostics;
using Experiments.Client.Sources;
using Microsoft.Extensions.Hosting;
using Xunit.Abstractions;

namespace Experiments.Client.Tests.Faults;

/// <summary>Starting and stopping while the store is ill.</summary>
[Collection(FaultServer.Name)]
public sealed class StartFaultTests(S3Server server, ITestOutputHelper output) : IDisposable
{
    private static readonly TimeSpan s_prompt = TimeSpan.FromSeconds(1);

    private static readonly ProxyFault[] s_faults =
    [
        ProxyFaults.Refused, ProxyFaults.Hangs, ProxyFaults.InternalError, ProxyFaults.NotModified, ProxyFaults.Forbidden,
        ProxyFaults.Truncated, ProxyFaults.WrongChecksum,
    ];

    private readonly TempDirectory _lastGood = new();

    public static TheoryData<string> Names => [.. s_faults.Select(fault => fault.Name)];

    public void Dispose() => _lastGood.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Start_OutageWithoutALastGoodFile_IsReadyOneIntervalAfterItsEnd(string name)
    {
        ProxyFault fault = s_faults.Single(fault => fault.Name == name);
        await using FaultRig rig = FaultRig.Create(output, await S3FaultStore.CreateAsync(server));
        await rig.Store.PublishAsync(1);
        rig.Inject(fault);
        await rig.StartAsync();
        Task ready = rig.Decider.WaitUntilReadyAsync();
        await rig.PassAsync(FaultRig.Interval * LongRun.Count(1, full: 60));
        Assert.False(ready.IsCompleted);
        Assert.Equal(DecisionReason.NotReady, rig.Decider.Decide("flag-0", "user").Reason);
        Assert.Equal(9.99, rig.Decider.Value("flag-0", "user", fallback: 9.99));
        Assert.True(rig.Reader.NotReady > 0);
        Assert.NotEmpty(rig.Warnings);
        await rig.RecoverAsync(2, $"S3: start, {fault.Name}", $"{fault.What}; no last-good file: not ready until the end");
        await ready.WaitAsync(Eventually.DefaultWithin);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Start_OutageWithALastGoodFile_DecidesAtOnce(string name)
    {
        ProxyFault fault = s_faults.Single(fault => fault.Name == name);
        await using FaultRig before = await FaultRig.StartLoadedAsync(output, await S3FaultStore.CreateAsync(server), UseLastGood);
        await before.Host.StopAsync();
        await before.Store.PublishAsync(2);
        await using FaultRig rig = before.Another(UseLastGood);
        rig.Allow(1);
        rig.Inject(fault);
        await rig.Host.StartAsync();
        Assert.Equal(1, rig.Decider.SnapshotVersion);
        Assert.True(rig.Decider.WaitUntilReadyAsync().IsCompletedSuccessfully);
        rig.StartReading();
        await rig.SettleAsync();
        await rig.PassAsync(FaultRig.Interval * LongRun.Count(1, full: 60));
        Assert.Equal(1, rig.Decider.SnapshotVersion);
        Assert.Equal(0, rig.Reader.NotReady);
        await rig.RecoverAsync(3, $"S3: start, {fault.Name}", $"{fault.What}; last-good file: decides at once");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stop_HangingRequest_TakesNoSecond(bool inBody)
    {
        await using FaultRig rig = await FaultRig.StartLoadedAsync(output, await S3FaultStore.CreateAsync(server));
        ProxyFault fault = inBody ? ProxyFaults.HangsInBody : ProxyFaults.Hangs;
        rig.Inject(fault);
        await rig.Store.PublishAsync(2);
        await rig.TurnAsync(TimeSpan.MaxValue);
        Assert.Equal(1, rig.Proxy.Stuck);
        long began = Stopwatch.GetTimestamp();
        await rig.Host.StopAsync();
        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, s_prompt);
        Assert.Empty(rig.Warnings);
        await rig.DecideSomeAsync(); // A decider outlives its host's polling.
        rig.Report($"S3: stop, {fault.Name}", fault.What);
    }

    [Fact]
    public async Task Start_Cancelled_EndsAndPollsNever()
    {
        await using FaultRig rig = FaultRig.Create(output, await S3FaultStore.CreateAsync(server));
        await rig.Store.PublishAsync(1);
        rig.Inject(ProxyFaults.Hangs);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => rig.Host.StartAsync(cancelled.Token));
        Assert.Equal(DecisionReason.NotReady, rig.Decider.Decide("flag-0", "user").Reason);
        Assert.Equal(0, rig.Proxy.Requests);
    }

    [Fact]
    public async Task WaitUntilReady_CancelledDuringAnOutage_EndsAndTheNextOneWorks()
    {
        await using FaultRig rig = FaultRig.Create(output, await S3FaultStore.CreateAsync(server));
        rig.Inject(ProxyFaults.Hangs);
        await rig.StartAsync();
        using var cancellation = new CancellationTokenSource();
        Task ready = rig.Decider.WaitUntilReadyAsync(cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ready.WaitAsync(Eventually.DefaultWithin));
        await rig.RecoverAsync(1, "S3: start, wait cancelled", ProxyFaults.Hangs.What);
        await rig.Decider.WaitUntilReadyAsync().WaitAsync(Eventually.DefaultWithin);
    }

    private void UseLastGood(ExperimentsOptions options) => options.LastGoodDirectory = _lastGood.Path;
}
