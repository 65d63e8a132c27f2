using Experiments.Control.Definitions;
using Experiments.Control.Storage;

namespace Experiments.Control.Tests.Storage;

public abstract partial class DefinitionStoreContract
{
    private readonly Guid _environmentId = Guid.NewGuid();

    [Fact]
    public async Task GetPublishState_NothingRequested_AnswersZeros()
    {
        Assert.Equal(new PublishState(_environmentId, 0, 0), await PublishStateAsync());
        Assert.Empty(await Store.ReadAsync(reader => reader.GetUnpublishedAsync()));
    }

    [Fact]
    public async Task RequestPublish_Twice_RaisesWantedAndIsUnpublishedAfterRestart()
    {
        await RequestPublishAsync();

        Assert.Equal(new PublishState(_environmentId, 2, 0), await RequestPublishAsync());
        await ReopenAsync();
        Assert.Equal([new PublishState(_environmentId, 2, 0)], await Store.ReadAsync(reader => reader.GetUnpublishedAsync()));
    }

    [Theory]
    [InlineData("ann", "off for the night", "bob", null, "ann", "off for the night")] // what waits keeps its note
    [InlineData("alice", "incident 42", "bob", "typo", "alice, bob", "incident 42; typo")]
    [InlineData("alice", "incident 42", "alice", "typo", "alice", "incident 42; typo")]
    [InlineData("alice", "incident 42", "bob", "incident 42", "alice, bob", "incident 42")]
    [InlineData("alice", "incident 42", "bob", "incident 4", "alice, bob", "incident 42; incident 4")]
    [InlineData("alice", "incident 42", null, "typo", "alice", "incident 42; typo")]
    [InlineData("ann", null, "bob", null, "bob", null)]
    [InlineData("ann", null, "bob", "typo", "bob", "typo")]
    [InlineData("ann", "a\0b\nß😀", null, null, "ann", "a\0b\nß😀")]
    public async Task RequestPublish_WithActorAndNote_KeepsAllThatSaidWhy(
        string? actor, string? note, string? laterActor, string? laterNote, string? expectedActor, string? expectedNote)
    {
        await RequestPublishAsync(actor, note);
        PublishState state = await RequestPublishAsync(laterActor, laterNote);

        var expected = new PublishState(_environmentId, 2, 0) { Actor = expectedActor, Note = expectedNote };
        Assert.Equal(expected, state);
        await ReopenAsync();
        Assert.Equal([expected], await Store.ReadAsync(reader => reader.GetUnpublishedAsync()));
    }

    [Fact]
    public async Task RequestPublish_MoreNotesThanOneMayHold_KeepsTheFirstAndIsCutBetweenCharacters()
    {
        await RequestPublishAsync("alice", "incident 42");
        await RequestPublishAsync("bob", new string('n', DefinitionNames.MaxDescriptionLength - "incident 42; ".Length - 1));

        PublishState state = await RequestPublishAsync(new string('c', 300), "😀");
        Assert.StartsWith("incident 42; nnn", state.Note, StringComparison.Ordinal);
        Assert.Equal(DefinitionNames.MaxDescriptionLength, state.Note!.Length);
        Assert.StartsWith("alice, bob, ccc", state.Actor, StringComparison.Ordinal);
        Assert.Equal(256, state.Actor!.Length);

        await CompletePublishAsync(state.Wanted);
        await RequestPublishAsync("alice", new string('n', DefinitionNames.MaxDescriptionLength - 3));
        state = await RequestPublishAsync("alice", "😀");
        Assert.EndsWith("n; ", state.Note, StringComparison.Ordinal);
        Assert.Equal(state, await PublishStateAsync());
    }

    [Fact]
    public async Task RequestPublish_AfterOneWithANoteIsPublished_ForgetsThatNote()
    {
        await RequestPublishAsync("ann", "off for the night");
        await CompletePublishAsync(1);

        Assert.Equal(new PublishState(_environmentId, 2, 1) { Actor = "bob" }, await RequestPublishAsync("bob"));
    }

    [Fact]
    public async Task CompletePublish_OfAnOlderRequest_StaysUnpublishedUntilTheLast()
    {
        await RequestPublishAsync();
        await RequestPublishAsync();

        await CompletePublishAsync(1);
        Assert.Equal([new PublishState(_environmentId, 2, 1)], await Store.ReadAsync(reader => reader.GetUnpublishedAsync()));
        await CompletePublishAsync(2);
        Assert.Empty(await Store.ReadAsync(reader => reader.GetUnpublishedAsync()));
        await CompletePublishAsync(1);
        Assert.Equal(new PublishState(_environmentId, 2, 2), await PublishStateAsync());
        Assert.Equal(new PublishState(_environmentId, 3, 2), await RequestPublishAsync());
        Assert.Equal([new PublishState(_environmentId, 3, 2)], await Store.ReadAsync(reader => reader.GetUnpublishedAsync()));
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(2, 3)]
    [InlineData(3, 4)]
    [InlineData(1_000_000_000_000, 1_000_000_000_001)]
    public async Task ClaimVersion_StoreIsElsewhere_AnswersTheHigherPlusOne(long storeVersion, long expected)
    {
        await ClaimAsync(0);
        await ClaimAsync(0);
        await ReopenAsync();

        PublicationRecord claimed = await ClaimAsync(storeVersion);

        Assert.Equal((expected, PublicationStatus.Claimed, Samples.Time), (claimed.Version, claimed.Status, claimed.ClaimedAt));
        Assert.Equal(expected + 1, (await ClaimAsync(0)).Version);
    }

    [Fact]
    public async Task ClaimVersion_32AtOnce_AreAllDifferentAndContiguous()
    {
        long[] versions = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(async () => (await ClaimAsync(0)).Version)));

        Assert.Equal(Enumerable.Range(1, 32).Select(version => (long)version), versions.Order());
    }

    [Fact]
    public async Task ClaimVersion_AnotherEnvironment_CountsForItself()
    {
        await ClaimAsync(41);

        Assert.Equal(1, (await Store.WriteAsync(writer => writer.ClaimVersionAsync(Guid.NewGuid(), 0, Samples.Time))).Version);
    }

    [Fact]
    public async Task UpdatePublication_Claimed_IsReplaced()
    {
        await ClaimAsync(0);
        PublicationRecord published = await ClaimAsync(6) with
        {
            Status = PublicationStatus.Published,
            PublishedAt = Samples.Time.AddSeconds(1),
            Sha256 = "ab",
            ExperimentCount = 3,
            Error = "none \uD800",
        };

        await UpdateAsync(published);

        PublicationRecord first = new() { EnvironmentId = _environmentId, Version = 1, ClaimedAt = Samples.Time };
        StorePage<PublicationRecord> page = await Store.ReadAsync(reader => reader.ListPublicationsAsync(_environmentId, PageRange.All));
        Assert.Equal([published, first], page.Items);
        Assert.Equal(2, page.Total);
    }

    [Fact]
    public async Task UpdatePublication_NeverClaimed_Throws()
    {
        PublicationRecord claimed = await ClaimAsync(0);

        await Assert.ThrowsAsync<InvalidOperationException>(() => UpdateAsync(claimed with { Version = 2 }));
    }

    [Fact]
    public async Task ListPublications_Pages_HighestVersionFirst()
    {
        for (int i = 0; i < 12; i++)
        {
            await ClaimAsync(0);
        }

        await Store.WriteAsync(writer => writer.ClaimVersionAsync(Guid.NewGuid(), 0, Samples.Time));

        Assert.Equal([12, 11, 10, 9, 8], await VersionsAsync(new PageRange(0, 5)));
        Assert.Equal([7, 6, 5, 4, 3], await VersionsAsync(new PageRange(5, 5)));
        Assert.Equal([2, 1], await VersionsAsync(new PageRange(10, 5)));
        Assert.Empty(await VersionsAsync(new PageRange(12, 5)));
    }

    private Task<PublishState> PublishStateAsync() => Store.ReadAsync(reader => reader.GetPublishStateAsync(_environmentId));

    private Task<PublishState> RequestPublishAsync(string? actor = null, string? note = null) =>
        Store.WriteAsync(writer => writer.RequestPublishAsync(_environmentId, actor, note));

    private Task<PublicationRecord> ClaimAsync(long storeVersion) =>
        Store.WriteAsync(writer => writer.ClaimVersionAsync(_environmentId, storeVersion, Samples.Time));

    private Task<bool> CompletePublishAsync(long wanted) => Store.WriteAsync(async writer =>
    {
        await writer.CompletePublishAsync(_environmentId, wanted);
        return true;
    });

    private Task<bool> UpdateAsync(PublicationRecord publication) => Store.WriteAsync(async writer =>
    {
        await writer.UpdateAsync(publication);
        return true;
    });

    private async Task<IEnumerable<long>> VersionsAsync(PageRange range) =>
        (await Store.ReadAsync(reader => reader.ListPublicationsAsync(_environmentId, range))).Items.Select(item => item.Version);
}
