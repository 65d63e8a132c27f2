using Experiments.Client.Targeting;
using Experiments.Control.Definitions;
using Experiments.Control.Storage;

namespace Experiments.Control.Tests.Storage;

public abstract partial class DefinitionStoreContract
{
    [Fact]
    public async Task InsertAudience_WithRules_IsReadBackWhole()
    {
        AudienceDefinition given = Samples.Audience(Guid.NewGuid(), "eu") with
        {
            Rules = Samples.Rules("country\uD800", """ "a\ud800b" """),
        };

        AudienceDefinition stored = await Store.AddAsync(given);
        await ReopenAsync();

        AudienceDefinition found = Assert.IsType<AudienceDefinition>(await Store.FindAudienceAsync(given.Id));
        Assert.Equal((stored.Sequence, 1L), (found.Sequence, found.Revision));
        Assert.Equal((given.EnvironmentId, given.Name), (found.EnvironmentId, found.Name));
        Assert.Equal((given.CreatedAt, given.UpdatedAt), (found.CreatedAt, found.UpdatedAt));
        (ConditionDocument expected, ConditionDocument actual) = (given.Rules[0].Conditions[0], found.Rules[0].Conditions[0]);
        Assert.Equal((expected.Attribute, expected.Operator), (actual.Attribute, actual.Operator));
        Assert.Equal(expected.Value.GetRawText(), actual.Value.GetRawText());
    }

    [Fact]
    public async Task InsertAudience_NameTakenInTheEnvironment_AnswersNull()
    {
        (Guid first, Guid second) = (Guid.NewGuid(), Guid.NewGuid());
        await Store.AddAsync(Samples.Audience(first, "eu"));

        Assert.Null(await Store.WriteAsync(writer => writer.InsertAsync(Samples.Audience(first, "eu"))));
        Assert.NotNull(await Store.WriteAsync(writer => writer.InsertAsync(Samples.Audience(first, "EU"))));
        Assert.NotNull(await Store.WriteAsync(writer => writer.InsertAsync(Samples.Audience(second, "eu"))));
        Assert.Equal(2, (await Store.ListAudiencesAsync(first)).Total);
        Assert.Equal(1, (await Store.ListAudiencesAsync(second)).Total);
        Assert.Equal(3, (await Store.ListAudiencesAsync(null)).Total);
    }

    [Fact]
    public async Task UpdateAudience_StoredRevision_RaisesItAndFreesTheOldName()
    {
        AudienceDefinition stored = await Store.AddAsync(Samples.Audience(Guid.NewGuid(), "old"));

        AudienceDefinition? updated = await Store.UpdateAsync(stored with { Name = "new" });

        Assert.Equal((2L, stored.Sequence), (updated?.Revision, updated?.Sequence));
        Assert.Equal("new", (await Store.FindAudienceAsync(stored.Id))?.Name);
        await Store.AddAsync(Samples.Audience(stored.EnvironmentId, "old"));
        Assert.Equal(2, (await Store.ListAudiencesAsync(stored.EnvironmentId)).Total);
    }

    [Fact]
    public async Task UpdateAudience_NameTaken_AnswersNullAndChangesNothing()
    {
        Guid environmentId = Guid.NewGuid();
        await Store.AddAsync(Samples.Audience(environmentId, "a"));
        AudienceDefinition stored = await Store.AddAsync(Samples.Audience(environmentId, "b"));

        Assert.Null(await Store.UpdateAsync(stored with { Name = "a" }));

        Assert.Equal(("b", 1L), ((await Store.FindAudienceAsync(stored.Id))!.Name, (await Store.FindAudienceAsync(stored.Id))!.Revision));
    }

    [Fact]
    public async Task UpdateAudience_StaleOrDeleted_Conflicts()
    {
        AudienceDefinition stale = await Store.AddAsync(Samples.Audience(Guid.NewGuid(), "a"));
        AudienceDefinition? current = await Store.UpdateAsync(stale with { Rules = Samples.Rules("x", "1") });

        await Assert.ThrowsAsync<StoreConflictException>(() => Store.UpdateAsync(stale));
        await Assert.ThrowsAsync<StoreConflictException>(() => Store.DeleteAsync(stale));
        await Store.DeleteAsync(current!);
        await Assert.ThrowsAsync<StoreConflictException>(() => Store.UpdateAsync(current!));
        await Assert.ThrowsAsync<StoreConflictException>(() => Store.DeleteAsync(current!));
    }

    [Fact]
    public async Task DeleteAudience_StoredRevision_LeavesNoTrace()
    {
        AudienceDefinition stored = await Store.AddAsync(Samples.Audience(Guid.NewGuid(), "a"));

        await Store.DeleteAsync(stored);

        Assert.Null(await Store.FindAudienceAsync(stored.Id));
        StorePage<AudienceDefinition> all = await Store.ListAudiencesAsync(null);
        Assert.Equal((0, 0L), (all.Items.Count, all.Total));
        await Store.AddAsync(stored);
    }

    [Fact]
    public async Task ListAudiences_SeveralTimesOfCreation_NewestFirstTiesByInsertionDescending()
    {
        (Guid first, Guid second) = (Guid.NewGuid(), Guid.NewGuid());
        await Store.AddAsync(Samples.Audience(first, "tie 1"));
        await Store.AddAsync(Samples.Audience(second, "newest", Samples.Time.AddTicks(1)));
        await Store.AddAsync(Samples.Audience(first, "tie 2"));
        await Store.AddAsync(Samples.Audience(first, "oldest", Samples.Time.AddTicks(-1)));

        Assert.Equal(["newest", "tie 2", "tie 1", "oldest"], await NamesAsync(null, PageRange.All));
        Assert.Equal(["tie 2", "tie 1", "oldest"], await NamesAsync(first, PageRange.All));
        Assert.Equal(["tie 1"], await NamesAsync(first, new PageRange(1, 1)));
        Assert.Empty(await NamesAsync(Guid.NewGuid(), PageRange.All));
    }

    private async Task<IEnumerable<string>> NamesAsync(Guid? environmentId, PageRange range) =>
        (await Store.ListAudiencesAsync(environmentId, range)).Items.Select(audience => audience.Name);
}
