using System.Security.Cryptography;
using System.Text;
using Experiments.Client.Snapshots;
using Experiments.Client.Snapshots.Loading;
using Experiments.Client.Sources;

namespace Experiments.Client.Tests.Sources;

/// <summary>One look at the store: what is loaded, what is refused, what is said about it.</summary>
public sealed class SnapshotPollerTests
{
    private const string Pointer = "configs/prod/version.json";

    private readonly PollerRig _rig = new();

    [Fact]
    public async Task PollAsync_NothingPublished_IsMissingAndNoProblem()
    {
        await _rig.AssertPollAsync(PollResult.Missing, 0);
        Assert.Null(_rig.Poller.Problem);
        Assert.Empty(_rig.Warnings);
        Assert.True(_rig.Poller.FirstPoll.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task PollAsync_Published_LoadsPointerThenObject()
    {
        _rig.Source.Publish(7);
        await _rig.AssertPollAsync(PollResult.Loaded, 7);
        Assert.Equal([Pointer, "configs/prod/snapshots/7.json"], _rig.Source.Reads.Select(read => read.Key));
        Assert.Empty(_rig.Warnings);
        Assert.True(_rig.Holder.Ready.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task PollAsync_Unchanged_AsksWithTheETagAndReadsNothingElse()
    {
        _rig.Source.Publish(1);
        await _rig.PollAsync();
        await _rig.AssertPollAsync(PollResult.Unchanged, 1);
        Assert.Equal(3, _rig.Source.Reads.Count);
        Assert.Null(_rig.Source.Reads.First().ETag);
        Assert.NotNull(_rig.Source.Reads.Last().ETag);
    }

    [Fact]
    public async Task PollAsync_NewVersion_IsLoaded()
    {
        for (int version = 1; version <= 5; version++)
        {
            _rig.Source.Publish(version);
            await _rig.AssertPollAsync(PollResult.Loaded, version);
        }
    }

    [Fact]
    public async Task PollAsync_StoreOfTheOlderPlatform_IsReadWithoutSha256()
    {
        _rig.Source.Publish(3, sha256: "");
        await _rig.AssertPollAsync(PollResult.Loaded, 3);
    }

    [Fact]
    public async Task PollAsync_Sha256InUpperCase_IsTheSame()
    {
        byte[] content = SnapshotJson.Of(version: 2);
        _rig.Source.Publish(2, content, Convert.ToHexString(SHA256.HashData(content)));
        await _rig.AssertPollAsync(PollResult.Loaded, 2);
    }

    [Fact]
    public async Task PollAsync_LowerVersion_StaysAndIsLoggedOnce()
    {
        _rig.Source.Publish(5);
        await _rig.PollAsync();
        _rig.Source.Publish(4);
        for (int i = 0; i < 3; i++)
        {
            await _rig.AssertPollAsync(PollResult.Regressed, 5);
        }

        Assert.Contains("went back to version 4", Assert.Single(_rig.Warnings), StringComparison.Ordinal);
        Assert.Contains("went back to version 4", _rig.Poller.Problem, StringComparison.Ordinal);
        _rig.Source.Publish(6);
        await _rig.AssertPollAsync(PollResult.Loaded, 6);
        Assert.Null(_rig.Poller.Problem);
    }

    [Fact]
    public async Task PollAsync_SameVersionOtherSha256_StaysAndIsLoggedOnce()
    {
        _rig.Source.Publish(5);
        await _rig.PollAsync();
        _rig.Source.Publish(5, SnapshotJson.Of("[]", 5));
        for (int i = 0; i < 3; i++)
        {
            await _rig.AssertPollAsync(PollResult.Regressed, 5);
        }

        Assert.Single(_rig.Holder.Current!.Flags);
        Assert.Contains("published again", Assert.Single(_rig.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PollAsync_Sha256Mismatch_IsRefusedUntilItIsRight()
    {
        _rig.Source.Publish(1);
        await _rig.PollAsync();
        byte[] content = SnapshotJson.Of(version: 2);
        _rig.Source.Publish(2, content, new string('0', 64));
        await _rig.AssertPollAsync(PollResult.Rejected, 1);
        await _rig.AssertPollAsync(PollResult.Rejected, 1);
        Assert.Contains("sha256", Assert.Single(_rig.Warnings), StringComparison.Ordinal);
        _rig.Source.Publish(2, content);
        await _rig.AssertPollAsync(PollResult.Loaded, 2);
    }

    [Fact]
    public async Task PollAsync_RejectedSnapshot_KeepsTheLastGoodAndLogsOnce()
    {
        _rig.Source.Publish(1);
        await _rig.PollAsync();
        _rig.Source.Publish(2, "{\"version\":2}"u8.ToArray());
        for (int i = 0; i < 3; i++)
        {
            await _rig.AssertPollAsync(PollResult.Rejected, 1);
        }

        string warning = Assert.Single(_rig.Warnings);
        foreach (string missing in new[] { "$.environment", "$.publishedAt", "$.experiments" })
        {
            Assert.Contains(missing, warning, StringComparison.Ordinal);
        }

        // The pointer's bytes are the same as before: had its ETag been remembered, this would be "not modified".
        byte[] good = SnapshotJson.Of(version: 2);
        _rig.Source.Put("configs/prod/snapshots/2.json", good);
        _rig.Source.PutPointer("{\"version\":2}");
        await _rig.AssertPollAsync(PollResult.Loaded, 2);
        Assert.Null(_rig.Poller.Problem);
    }

    [Fact]
    public async Task PollAsync_RejectedForAnotherReason_LogsAgain()
    {
        _rig.Source.Publish(1, "{"u8.ToArray());
        await _rig.PollAsync();
        _rig.Source.Publish(1, "[]"u8.ToArray());
        await _rig.PollAsync();
        Assert.Equal(2, _rig.Warnings.Count);
    }

    [Theory]
    [InlineData("{\"version\":1,\"environment\":\"other\",\"publishedAt\":\"\",\"experiments\":[]}")]
    [InlineData("{\"version\":2,\"environment\":\"prod\",\"publishedAt\":\"\",\"experiments\":[]}")]
    [InlineData("{\"format\":3,\"version\":1,\"environment\":\"prod\",\"publishedAt\":\"\",\"experiments\":[]}")]
    public async Task PollAsync_SnapshotOfAnotherPlaceOrFormat_IsRejected(string json)
    {
        _rig.Source.Publish(1, Encoding.UTF8.GetBytes(json));
        await _rig.AssertPollAsync(PollResult.Rejected, 0);
        Assert.Single(_rig.Warnings);
    }

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"version\":\"1\"}")]
    [InlineData("{\"version\":-1}")]
    [InlineData("{\"version\":1.5}")]
    [InlineData("{\"version\":1")]
    [InlineData("{\"version\":1,\"sha256\":5}")]
    [InlineData("{\"\\udc00\":1}")]
    public async Task PollAsync_SomethingElseThanAPointer_IsRejected(string json)
    {
        _rig.Source.PutPointer(json);
        await _rig.AssertPollAsync(PollResult.Rejected, 0);
        Assert.Contains("version.json is not a pointer", Assert.Single(_rig.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PollAsync_PointerWithUnknownMembers_IsRead()
    {
        _rig.Source.Publish(1);
        _rig.Source.PutPointer("""{"version":1,"more":{"x":[1]},"publishedAt":"2026-11-24T00:00:00.000Z"}""");
        await _rig.AssertPollAsync(PollResult.Loaded, 1);
    }

    [Fact]
    public async Task PollAsync_PointerWithoutItsObject_IsNotThereYet()
    {
        _rig.Source.PutPointer("{\"version\":1}");
        await _rig.AssertPollAsync(PollResult.Missing, 0);
        Assert.Empty(_rig.Warnings);
        _rig.Source.Publish(1, sha256: "");
        await _rig.AssertPollAsync(PollResult.Loaded, 1);
    }

    [Fact]
    public async Task PollAsync_StoreEmptiedAfterALoad_KeepsTheSnapshotAndSaysSoOnce()
    {
        _rig.Source.Publish(3);
        await _rig.PollAsync();
        _rig.Source.Remove(Pointer);
        await _rig.AssertPollAsync(PollResult.Missing, 3);
        await _rig.AssertPollAsync(PollResult.Missing, 3);
        Assert.Contains("version 3 stays", Assert.Single(_rig.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PollAsync_DeniedAndNeverLoaded_IsMissingAndSaysSo()
    {
        _rig.Source.Answer = (_, _) => Task.FromResult<SourceObject?>(SourceObject.Denied);
        await _rig.AssertPollAsync(PollResult.Missing, 0);
        await _rig.AssertPollAsync(PollResult.Missing, 0);
        Assert.Contains("403", Assert.Single(_rig.Warnings), StringComparison.Ordinal);
    }

    /// <summary>A snapshot that came with the program was never published: nothing is gone, and nothing is refused.</summary>
    [Fact]
    public async Task PollAsync_NothingPublishedAndAnEmbeddedSnapshot_IsNoProblem()
    {
        SnapshotLoad embedded = SnapshotReader.Read(SnapshotJson.Of(version: 9), SnapshotJson.Environment, version: null);
        _rig.Holder.Swap(embedded.Snapshot! with { IsBootstrap = true });
        await _rig.AssertPollAsync(PollResult.Missing, 9);
        Assert.Empty(_rig.Warnings);
        Assert.Null(_rig.Poller.Problem);
        _rig.Source.Answer = (_, _) => Task.FromResult<SourceObject?>(SourceObject.Denied);
        await _rig.AssertPollAsync(PollResult.Missing, 9);
        Assert.Contains("not published", Assert.Single(_rig.Warnings), StringComparison.Ordinal);
        _rig.Source.Answer = (_, _) => Task.FromResult<SourceObject?>(null);
        _rig.Source.Publish(1);
        await _rig.AssertPollAsync(PollResult.Loaded, 1);
    }

    [Fact]
    public async Task PollAsync_DeniedAfterALoad_IsAFailure()
    {
        _rig.Source.Publish(1);
        await _rig.PollAsync();
        _rig.Source.Answer = (_, _) => Task.FromResult<SourceObject?>(SourceObject.Denied);
        await _rig.AssertPollAsync(PollResult.Failed, 1);
        Assert.Contains("denies access", Assert.Single(_rig.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("version.json")]
    [InlineData("1.json")]
    public async Task PollAsync_NotModifiedWhereNothingIsHeld_IsAFailure(string name)
    {
        _rig.Source.Publish(1);
        _rig.Source.Answer = (key, _) => Task.FromResult<SourceObject?>(
            key.EndsWith(name, StringComparison.Ordinal) ? SourceObject.NotModified : null);
        await _rig.AssertPollAsync(PollResult.Failed, 0);
        Assert.Contains("304", Assert.Single(_rig.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PollAsync_ObjectFailsAfterThePointer_DoesNotRememberThePointer()
    {
        _rig.Source.Publish(1);
        _rig.Source.Answer = (key, _) => key == Pointer ? Task.FromResult<SourceObject?>(null) : throw new IOException("gone");
        await _rig.AssertPollAsync(PollResult.Failed, 0);
        Assert.Equal("gone", _rig.Poller.Problem);
        _rig.Source.Answer = null;
        await _rig.AssertPollAsync(PollResult.Loaded, 1);
        Assert.All(_rig.Source.Reads, read => Assert.Null(read.ETag));
    }

    [Fact]
    public async Task PollAsync_SameFailureAgainAndAgain_IsLoggedOnceAndItsEndToo()
    {
        _rig.Source.Publish(1);
        _rig.Source.Answer = (_, _) => throw new IOException("disk on fire");
        for (int i = 0; i < 5; i++)
        {
            await _rig.AssertPollAsync(PollResult.Failed, 0);
        }

        _rig.Source.Answer = null;
        await _rig.PollAsync();
        await _rig.PollAsync();
        Assert.Single(_rig.Warnings);
        Assert.Single(_rig.Logger.Collector.GetSnapshot(), record => record.Id.Id == 1003);
    }

    [Fact]
    public async Task PollAsync_ProblemOverSeveralLines_IsReportedOnOne()
    {
        _rig.Source.Answer = (_, _) => throw new IOException("first\r\nsecond\n\tthird");
        await _rig.PollAsync();
        Assert.DoesNotContain(_rig.Poller.Problem!, char.IsControl);
        Assert.DoesNotContain(_rig.Warnings[0], char.IsControl);
        _rig.Source.Answer = null;
        _rig.Source.Publish(1, SnapshotJson.Of(extra: $"\"format\":{{\n\"a\":\"{new string('x', 100_000)}\"\n}},"));
        await _rig.PollAsync();
        Assert.DoesNotContain(_rig.Poller.Problem!, char.IsControl);
        Assert.InRange(_rig.Poller.Problem!.Length, 1, 5_000);
    }

    [Fact]
    public async Task PollAsync_HungStore_TimesOut()
    {
        _rig.Source.Answer = (_, cancellation) => new TaskCompletionSource<SourceObject?>().Task.WaitAsync(cancellation);
        Task<PollResult> poll = _rig.PollAsync();
        await Eventually.HoldsAsync(() => _rig.Source.Reads.Count == 1, "a read under way");
        _rig.Time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.False(poll.IsCompleted);
        _rig.Time.Advance(TimeSpan.FromSeconds(0.2));
        Assert.Equal(PollResult.Failed, await poll.WaitAsync(Eventually.DefaultWithin));
        Assert.Contains("did not answer in time", _rig.Poller.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PollAsync_StoreThatFallsSilentInTheSnapshot_TimesOut()
    {
        Task<PollResult> poll = await PollSlowAsync();
        _rig.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(PollResult.Failed, await poll.WaitAsync(Eventually.DefaultWithin));
        Assert.Contains("did not answer in time", _rig.Poller.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PollAsync_SlowStoreThatGoesOn_HasSixtySeconds()
    {
        Task<PollResult> poll = await PollSlowAsync();
        for (int second = 1; second < 60; second++)
        {
            _rig.Time.Advance(TimeSpan.FromSeconds(1));
            _rig.Source.Progress!();
            Assert.False(poll.IsCompleted);
        }

        _rig.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(PollResult.Failed, await poll.WaitAsync(Eventually.DefaultWithin));
    }

    [Fact]
    public async Task PollAsync_Cancelled_EndsAtOnceWithoutAProblem()
    {
        _rig.Source.Answer = (_, cancellation) => new TaskCompletionSource<SourceObject?>().Task.WaitAsync(cancellation);
        using var cancellation = new CancellationTokenSource();
        Task<PollResult> poll = _rig.Poller.PollAsync(cancellation.Token);
        await cancellation.CancelAsync();
        Assert.Equal(PollResult.Failed, await poll.WaitAsync(Eventually.DefaultWithin));
        Assert.Null(_rig.Poller.Problem);
        Assert.Empty(_rig.Warnings);
    }

    [Fact]
    public async Task PollAsync_StoreThatFailsBecauseItWasCancelled_IsNoProblem()
    {
        using var cancellation = new CancellationTokenSource();
        _rig.Source.Answer = async (_, _) =>
        {
            await cancellation.CancelAsync();
            throw new IOException("the connection was closed");
        };
        Assert.Equal(PollResult.Failed, await _rig.Poller.PollAsync(cancellation.Token));
        Assert.Empty(_rig.Warnings);
    }

    /// <summary>A poll whose snapshot is under way and never ends.</summary>
    private async Task<Task<PollResult>> PollSlowAsync()
    {
        _rig.Source.Publish(1);
        _rig.Source.Answer = (key, cancellation) => key == Pointer
            ? Task.FromResult<SourceObject?>(null)
            : new TaskCompletionSource<SourceObject?>().Task.WaitAsync(cancellation);
        Task<PollResult> poll = _rig.PollAsync();
        await Eventually.HoldsAsync(() => _rig.Source.Reads.Count == 2, "the snapshot's read under way");
        return poll;
    }

    [Fact]
    public async Task PollAsync_TwoAtOnce_RunOneAfterTheOther()
    {
        var release = new TaskCompletionSource();
        int running = 0;
        int most = 0;
        _rig.Source.Publish(1);
        _rig.Source.Answer = async (_, _) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            await release.Task;
            Interlocked.Decrement(ref running);
            return null;
        };
        Task<PollResult>[] polls = [_rig.PollAsync(), _rig.PollAsync()];
        release.SetResult();
        Assert.Equal([PollResult.Loaded, PollResult.Unchanged], (await Task.WhenAll(polls)).Order());
        Assert.Equal(1, most);
    }
}
