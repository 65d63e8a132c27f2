using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using Xunit.Abstractions;

namespace Experiments.Client.Tests.Faults;

/// <summary>The disk that keeps the last good snapshot fails, or keeps something else.</summary>
public sealed class LastGoodFaultTests(ITestOutputHelper output) : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Write_DiskFull_LoadsAllTheSameAndSaysSoOnce()
    {
        string disk = _directory.PathOf("disk");
        Directory.CreateDirectory(disk);
        bool isMounted = Run("mount", "-t", "tmpfs", "-o", "size=8k", "none", disk);
        try
        {
            // Where nothing can be mounted: a file in the directory's place fails as surely.
            string directory = isMounted ? disk : Blocked();
            await using FaultRig rig = await FaultRig.StartLoadedAsync(
                output, await UrlFaultStore.CreateAsync(), o => o.LastGoodDirectory = directory);
            await rig.RecoverAsync(2, "disk full", isMounted ? "last-good files on a full disk" : "last-good directory is a file");
            await rig.RecoverAsync(3, "disk full", "again");
            Assert.Contains("cannot write last good file", Assert.Single(rig.Warnings), StringComparison.Ordinal);
            Assert.Empty(isMounted ? Directory.GetFileSystemEntries(disk) : []);
        }
        finally
        {
            if (isMounted)
            {
                Assert.True(Run("umount", disk));
            }
        }
    }

    [Fact]
    public async Task Write_DirectoryIsAFile_LoadsAllTheSameAndSaysSoOnce()
    {
        string blocked = Blocked();
        await using FaultRig rig = await FaultRig.StartLoadedAsync(
                output, await UrlFaultStore.CreateAsync(), o => o.LastGoodDirectory = blocked);
        await rig.RecoverAsync(2, "unwritable directory", "last-good directory is a file");

        // Once for the read at the start and once for the writes.
        Assert.InRange(rig.Warnings.Count, 1, 2);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.01)]
    [InlineData(0.5)]
    [InlineData(0.999)]
    public async Task Start_FileCutOff_IsNotUsedAndReplaced(double share)
    {
        await using FaultRig before = await FaultRig.StartLoadedAsync(output, await UrlFaultStore.CreateAsync(), UseDirectory);
        await before.Host.StopAsync();
        string file = _directory.PathOf(Assert.Single(_directory.Files()));
        byte[] whole = await File.ReadAllBytesAsync(file);
        await File.WriteAllBytesAsync(file, whole[..(int)(whole.Length * share)]);
        await using FaultRig rig = before.Another(UseDirectory);
        rig.Inject(ProxyFaults.Refused);
        await rig.StartAsync();
        await rig.PassAsync(FaultRig.Interval);
        Assert.Equal(0, rig.Decider.SnapshotVersion);
        await rig.RecoverAsync(2, "last-good file cut off", $"after {share:P1}; store refused");

        await rig.Host.StopAsync();
        await using FaultRig after = rig.Another(UseDirectory);
        after.Inject(ProxyFaults.Refused);
        await after.Host.StartAsync();
        Assert.Equal(2, after.Decider.SnapshotVersion);
    }

    [Fact]
    public async Task Start_FileOfAnotherStore_IsNotUsed()
    {
        await using FaultRig other = await FaultRig.StartLoadedAsync(output, await UrlFaultStore.CreateAsync(), UseDirectory);
        await other.Host.StopAsync();
        string file = _directory.PathOf(Assert.Single(_directory.Files()));
        await using FaultRig rig = await FaultRig.StartLoadedAsync(output, await UrlFaultStore.CreateAsync(), UseDirectory);
        await rig.Host.StopAsync();

        // The other store's snapshot under this store's name.
        string mine = _directory.PathOf(_directory.Files().Single(name => _directory.PathOf(name) != file));
        File.Copy(file, mine, overwrite: true);
        await using FaultRig again = rig.Another(UseDirectory);
        again.Inject(ProxyFaults.Refused);
        await again.StartAsync();
        Assert.Equal(0, again.Decider.SnapshotVersion);
        await again.RecoverAsync(2, "last-good file of another store", "copied under this one's name; store refused");
    }

    [Fact]
    public async Task Start_FileThatCannotBeRead_StartsWithout()
    {
        await using FaultRig before = await FaultRig.StartLoadedAsync(output, await UrlFaultStore.CreateAsync(), UseDirectory);
        await before.Host.StopAsync();
        string file = _directory.PathOf(Assert.Single(_directory.Files()));
        File.Delete(file);
        Directory.CreateDirectory(file);
        await using FaultRig rig = before.Another(UseDirectory);
        rig.Inject(ProxyFaults.Refused);
        await rig.StartAsync();
        Assert.Equal(0, rig.Decider.SnapshotVersion);
        await rig.RecoverAsync(2, "last-good file unreadable", "a directory in its place; store refused");
    }

    private void UseDirectory(ExperimentsOptions options) => options.LastGoodDirectory = _directory.Path;

    private string Blocked()
    {
        string path = _directory.PathOf("blocked");
        File.WriteAllText(path, "");
        return path;
    }

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
