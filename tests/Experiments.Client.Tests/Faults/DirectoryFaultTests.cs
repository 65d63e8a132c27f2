using Experiments.Client.Snapshots;
using Xunit.Abstractions;

namespace Experiments.Client.Tests.Faults;

/// <summary>A directory whose files vanish, are half written, cannot be read, or are something else.</summary>
public sealed class DirectoryFaultTests(ITestOutputHelper output)
{
    private static readonly string s_pointer = SnapshotKeys.Pointer(SnapshotJson.Environment);
    private static readonly string s_snapshot = SnapshotKeys.Snapshot(SnapshotJson.Environment, 2);

    private static readonly Dictionary<string, (Action<DirectoryFaultStore> Inject, Action<DirectoryFaultStore> End)> s_faults = new()
    {
        ["pointer gone"] = (store => File.Delete(store.PathOf(s_pointer)), Nothing),
        ["everything gone"] = (store => Directory.Delete(store.PathOf("configs"), recursive: true), Nothing),
        ["snapshot gone"] = (store => File.Delete(store.PathOf(s_snapshot)), Nothing),
        ["pointer half written"] = (store => Halve(store, s_pointer), Nothing),
        ["snapshot half written"] = (store => Halve(store, s_snapshot), Nothing),
        ["pointer empty"] = (store => File.WriteAllText(store.PathOf(s_pointer), ""), Nothing),
        ["snapshot empty"] = (store => File.WriteAllText(store.PathOf(s_snapshot), ""), Nothing),
        ["pointer is a directory"] = (store => Replace(store, s_pointer), store => Directory.Delete(store.PathOf(s_pointer))),
        ["snapshot is a directory"] = (store => Replace(store, s_snapshot), store => Directory.Delete(store.PathOf(s_snapshot))),
        ["root is a file"] = (
            store =>
            {
                Directory.Delete(store.PathOf("configs"), recursive: true);
                File.WriteAllText(store.PathOf("configs"), "");
            },
            store => File.Delete(store.PathOf("configs"))),
        ["pointer links to itself"] = (
            store =>
            {
                File.Delete(store.PathOf(s_pointer));
                File.CreateSymbolicLink(store.PathOf(s_pointer), store.PathOf(s_pointer));
            },
            store => File.Delete(store.PathOf(s_pointer))),
    };

    public static TheoryData<string> Names => [.. s_faults.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Directory_AnyFault_NoDecisionFailsAndRecoveryTakesOneInterval(string name)
    {
        var store = new DirectoryFaultStore();
        await using FaultRig rig = await FaultRig.StartLoadedAsync(output, store);
        rig.Inject(ProxyFaults.Pass);
        await store.PublishAsync(2);
        s_faults[name].Inject(store);
        await rig.PassAsync(FaultRig.Interval * LongRun.Count(5, full: 60));
        Assert.Equal(1, rig.Decider.SnapshotVersion);
        Assert.Single(rig.Warnings);
        await rig.RecoverAsync(3, $"directory: {name}", "while version 2 is published", end: () =>
        {
            s_faults[name].End(store);
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task Directory_ReplacedByANewOne_IsReadOn()
    {
        var store = new DirectoryFaultStore();
        await using FaultRig rig = await FaultRig.StartLoadedAsync(output, store);
        for (int version = 2; version < LongRun.Count(6, full: 100); version++)
        {
            rig.Inject(ProxyFaults.Pass);
            Directory.Move(store.PathOf("configs"), store.PathOf($"configs-{version}"));
            await rig.RecoverAsync(version, "directory: replaced", "moved away, and a new one in its place");
        }
    }

    private static void Nothing(DirectoryFaultStore store)
    {
    }

    private static void Halve(DirectoryFaultStore store, string key)
    {
        byte[] whole = File.ReadAllBytes(store.PathOf(key));
        File.WriteAllBytes(store.PathOf(key), whole[..(whole.Length / 2)]);
    }

    private static void Replace(DirectoryFaultStore store, string key)
    {
        File.Delete(store.PathOf(key));
        Directory.CreateDirectory(store.PathOf(key));
    }
}
