using Experiments.Client.Sources;
using Microsoft.Extensions.Logging.Testing;

namespace Experiments.Client.Tests.Sources;

/// <summary>What a poller does with the last-good file.</summary>
public sealed class SnapshotPollerLastGoodTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task LoadLastGood_AfterAnotherProcessLoaded_DecidesFromItsSnapshot()
    {
        await RunBeforeAsync(7);
        PollerRig rig = Rig();
        rig.Source.Answer = (_, _) => throw new IOException("the store is down");
        rig.Poller.LoadLastGood();
        Assert.Equal(7, rig.Version);
        await rig.AssertPollAsync(PollResult.Failed, 7);
    }

    [Fact]
    public void LoadLastGood_NoFile_LoadsNothing()
    {
        PollerRig rig = Rig();
        rig.Poller.LoadLastGood();
        Assert.Equal(0, rig.Version);
        Assert.Empty(rig.Warnings);
    }

    [Fact]
    public async Task LoadLastGood_NewerInMemory_StaysThere()
    {
        await RunBeforeAsync(3);
        PollerRig rig = Rig();
        rig.Source.Publish(5);
        rig.Poller.LoadLastGood();
        await rig.PollAsync();
        await RunBeforeAsync(4);
        rig.Poller.LoadLastGood();
        Assert.Equal(5, rig.Version);
    }

    [Fact]
    public async Task LoadLastGood_FileWithASnapshotThatReadersRefuse_IsLoggedAndIgnored()
    {
        byte[] content = SnapshotJson.Of(version: 9);
        await File().WriteAsync(
            new LastGoodContent(content, 8, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content))), default);
        PollerRig rig = Rig();
        rig.Poller.LoadLastGood();
        Assert.Equal(0, rig.Version);
        Assert.Contains("version 8 was asked for", Assert.Single(rig.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PollAsync_StoreHasTheSameVersion_RemembersItsETag()
    {
        await RunBeforeAsync(7);
        PollerRig rig = Rig();
        rig.Poller.LoadLastGood();
        rig.Source.Publish(7);
        await rig.AssertPollAsync(PollResult.Unchanged, 7);
        await rig.AssertPollAsync(PollResult.Unchanged, 7);
        Assert.NotNull(rig.Source.Reads.Last().ETag);
        Assert.All(rig.Source.Reads, read => Assert.EndsWith("version.json", read.Key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task PollAsync_StoreHasAnOlderVersion_DoesNotGoBack()
    {
        await RunBeforeAsync(7);
        PollerRig rig = Rig();
        rig.Poller.LoadLastGood();
        rig.Source.Publish(6);
        await rig.AssertPollAsync(PollResult.Regressed, 7);
        Assert.Contains("went back", Assert.Single(rig.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PollAsync_UnwritableDirectory_LoadsAllTheSame()
    {
        string blocked = _directory.PathOf("blocked");
        System.IO.File.WriteAllText(blocked, "");
        var rig = new PollerRig(new LastGoodFile(blocked, "memory", SnapshotJson.Environment, TimeProvider.System, new FakeLogger()));
        rig.Source.Publish(1);
        await rig.AssertPollAsync(PollResult.Loaded, 1);
        Assert.Null(rig.Poller.Problem);
    }

    private LastGoodFile File() => new(_directory.Path, "memory", SnapshotJson.Environment, TimeProvider.System, new FakeLogger());

    private PollerRig Rig() => new(File());

    /// <summary>Another process that loaded this version and left it on disk.</summary>
    private async Task RunBeforeAsync(long version)
    {
        PollerRig before = Rig();
        before.Source.Publish(version);
        await before.AssertPollAsync(PollResult.Loaded, version);
    }
}
