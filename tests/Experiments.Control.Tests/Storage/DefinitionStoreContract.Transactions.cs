using Experiments.Control.Definitions;
using Experiments.Control.Storage;

namespace Experiments.Control.Tests.Storage;

public abstract partial class DefinitionStoreContract
{
    [Fact]
    public async Task Write_DelegateThrows_PassesItOnAndKeepsNothing()
    {
        ExperimentDefinition existing = await Store.AddAsync(Samples.Experiment(Guid.NewGuid(), "existing"));
        InvalidDataException thrown = new("mine");

        InvalidDataException caught = await Assert.ThrowsAsync<InvalidDataException>(() => Store.WriteAsync<bool>(async writer =>
        {
            await writer.InsertAsync(Samples.Environment("gone"));
            await writer.InsertAsync(Samples.Audience(Guid.NewGuid(), "gone"));
            await writer.UpdateAsync(existing with { Name = "gone", Status = ExperimentStatus.Running });
            await writer.InsertAsync(Samples.Experiment(existing.EnvironmentId, "gone"));
            await writer.RequestPublishAsync(existing.EnvironmentId);
            await writer.ClaimVersionAsync(existing.EnvironmentId, 0, Samples.Time);
            throw thrown;
        }));

        Assert.Same(thrown, caught);
        Assert.Equal(0, (await Store.ListEnvironmentsAsync()).Total);
        Assert.Equal(0, (await Store.ListAudiencesAsync(null)).Total);
        Assert.Equal("existing", await KeysAsync(null, ExperimentStatus.Draft));
        Assert.Empty(await Store.ReadAsync(reader => reader.GetUnpublishedAsync()));
        Assert.Equal(1, (await Store.WriteAsync(writer => writer.ClaimVersionAsync(existing.EnvironmentId, 0, Samples.Time))).Version);
        Assert.Equal(2, (await Store.UpdateAsync(existing with { Name = "kept" })).Revision);
        await Store.AddEnvironmentAsync("gone");
    }

    [Fact]
    public async Task Write_ConflictIsCaughtInside_RestIsKept()
    {
        ExperimentDefinition stale = await Store.AddAsync(Samples.Experiment(Guid.NewGuid(), "a"));
        await Store.UpdateAsync(stale);

        await Store.WriteAsync(async writer =>
        {
            await Assert.ThrowsAsync<StoreConflictException>(async () => await writer.UpdateAsync(stale));
            return await writer.InsertAsync(Samples.Experiment(stale.EnvironmentId, "b"));
        });

        Assert.Equal("b a", await KeysAsync(stale.EnvironmentId, null));
    }

    [Fact]
    public async Task Write_ReadsItsOwnWrites_InEveryList()
    {
        Guid environmentId = Guid.NewGuid();
        (string[] keys, long total, int running) = await Store.WriteAsync(async writer =>
        {
            ExperimentDefinition? first = await writer.InsertAsync(Samples.Experiment(environmentId, "first"));
            await writer.InsertAsync(Samples.Experiment(environmentId, "second"));
            await writer.UpdateAsync(first! with { Status = ExperimentStatus.Running });
            StorePage<ExperimentDefinition> page = await writer.ListAsync<ExperimentDefinition>(
                new DefinitionFilter { EnvironmentId = environmentId }, PageRange.All);
            ExperimentDefinition[] started = [.. (await writer.GetAllAsync<ExperimentDefinition>(environmentId))
                .Where(static one => one.Status == ExperimentStatus.Running)];
            return (page.Items.Select(item => item.Key).ToArray(), page.Total, started.Length);
        });

        Assert.Equal(["second", "first"], keys);
        Assert.Equal((2L, 1), (total, running));
    }

    [Fact]
    public async Task Write_CancelledBeforeItBegins_DoesNotRun()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Store.WriteAsync(writer => writer.InsertAsync(Samples.Environment("prod")), new CancellationToken(canceled: true)));

        Assert.Equal(0, (await Store.ListEnvironmentsAsync()).Total);
    }

    [Fact]
    public async Task Dispose_Twice_RefusesUseAndKeepsEverything()
    {
        await Store.AddEnvironmentAsync("prod");

        await Store.DisposeAsync();
        await Store.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => Store.ListEnvironmentsAsync());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => Store.AddEnvironmentAsync("other"));
        await ReopenAsync();
        Assert.Equal(1, (await Store.ListEnvironmentsAsync()).Total);
    }
}
