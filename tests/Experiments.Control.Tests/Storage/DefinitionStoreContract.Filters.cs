using Experiments.Control.Definitions;
using Experiments.Control.Storage;

namespace Experiments.Control.Tests.Storage;

public abstract partial class DefinitionStoreContract
{
    [Fact]
    public async Task List_EveryFilter_AnswersWhatALookAtEachFinds()
    {
        Guid[] environmentIds = [(await Store.AddEnvironmentAsync("a")).Id, (await Store.AddEnvironmentAsync("b")).Id];
        List<FlagDefinition> flags = [];
        for (int i = 0; i < 60; i++)
        {
            FlagDefinition flag = Samples.Flag(environmentIds[i % 2], $"Key-{i}", createdAt: Samples.Time.AddSeconds(i * 17 % 10)) with
            {
                Name = i % 3 == 0 ? $"NAME of {i}" : "other",
                Tags = i % 4 == 0 ? ["even", "tag"] : i % 5 == 0 ? ["tag"] : [],
                IsArchived = i % 7 == 0,
            };
            flags.Add((await Store.WriteAsync(writer => writer.InsertAsync(flag)))!);
        }

        foreach (DefinitionFilter filter in Filters(environmentIds[0]))
        {
            FlagDefinition[] expected = [.. flags.Where(filter.Holds)
                .OrderByDescending(static flag => flag.CreatedAt).ThenByDescending(static flag => flag.Sequence)];
            StorePage<FlagDefinition> all = await Store.ReadAsync(reader => reader.ListAsync<FlagDefinition>(filter, PageRange.All));
            StorePage<FlagDefinition> page = await Store.ReadAsync(reader => reader.ListAsync<FlagDefinition>(filter, new PageRange(3, 4)));

            Assert.Equal(expected.Select(static flag => flag.Key), all.Items.Select(static flag => flag.Key));
            Assert.Equal(expected.Skip(3).Take(4).Select(static flag => flag.Key), page.Items.Select(static flag => flag.Key));
            Assert.Equal((expected.Length, expected.Length), (all.Total, page.Total));
        }
    }

    [Fact]
    public async Task List_NarrowFilter_SeesEveryChangeAndNothingThatWasUndone()
    {
        Guid environmentId = (await Store.AddEnvironmentAsync("prod")).Id;
        FlagDefinition stays = Samples.Flag(environmentId, "stays") with { Tags = ["t"] };
        FlagDefinition? leaves = await Store.WriteAsync(writer => writer.InsertAsync(Samples.Flag(environmentId, "leaves") with { Tags = ["t"] }));
        Assert.Equal("leaves", await TaggedAsync());

        FlagDefinition? stored = await Store.WriteAsync(writer => writer.InsertAsync(stays));
        Assert.Equal("stays leaves", await TaggedAsync());
        await Store.WriteAsync(async writer =>
        {
            await writer.DeleteAsync(leaves!);
            return true;
        });
        Assert.Equal("stays", await TaggedAsync());

        // Undone: an exception after an update, an insert and a delete.
        await Assert.ThrowsAsync<InvalidDataException>(() => Store.WriteAsync<bool>(async writer =>
        {
            FlagDefinition? changed = await writer.UpdateAsync(stored! with { Tags = [] });
            await writer.InsertAsync(Samples.Flag(environmentId, "never") with { Tags = ["t"] });
            Assert.Equal("never", Keys(await writer.ListAsync<FlagDefinition>(new DefinitionFilter { Tag = "t" }, PageRange.All)));
            await writer.DeleteAsync(changed!);
            throw new InvalidDataException();
        }));
        Assert.Equal("stays", await TaggedAsync());
        Assert.Equal("stays", Keys(await Store.ReadAsync(async reader =>
            StorePage<FlagDefinition>.Of(await reader.GetAllAsync<FlagDefinition>(environmentId), PageRange.All))));

        await Store.WriteAsync(writer => writer.UpdateAsync(stored! with { Tags = [] }));
        Assert.Equal("", await TaggedAsync());
        await ReopenAsync();
        Assert.Equal("", await TaggedAsync());
    }

    [Fact]
    public async Task List_ExperimentsByTagSearchAndArchived_AnswersThoseOnly()
    {
        Guid environmentId = (await Store.AddEnvironmentAsync("prod")).Id;
        await Store.AddAsync(Samples.Experiment(environmentId, "checkout") with { Tags = ["growth"] });
        await Store.AddAsync(Samples.Experiment(environmentId, "old", ExperimentStatus.Archived) with { Name = "Checkout, the first" });

        Assert.Equal("checkout", await ExperimentsAsync(new DefinitionFilter { Tag = "growth" }));
        Assert.Equal("old checkout", await ExperimentsAsync(new DefinitionFilter { Search = "CHECKOUT" }));
        Assert.Equal("old", await ExperimentsAsync(new DefinitionFilter { IsArchived = true }));
        Assert.Equal("", await ExperimentsAsync(new DefinitionFilter { Status = ExperimentStatus.Running, Search = "checkout" }));

        async Task<string> ExperimentsAsync(DefinitionFilter filter) => string.Join(' ', (await Store.ReadAsync(
            reader => reader.ListAsync<ExperimentDefinition>(filter, PageRange.All))).Items.Select(static one => one.Key));
    }

    [Fact]
    public async Task ListAudit_EveryFilter_AnswersWhatALookAtEachFinds()
    {
        Guid[] environmentIds = [Guid.NewGuid(), Guid.NewGuid()];
        Guid[] resourceIds = [.. Enumerable.Range(0, 6).Select(static _ => Guid.NewGuid())];
        List<AuditEntry> entries = [];
        for (int i = 0; i < 80; i++)
        {
            AuditEntry entry = new()
            {
                At = Samples.Time.AddMinutes(i * 7 % 30),
                Actor = i % 3 == 0 ? "ada" : i % 3 == 1 ? "Ada" : "\ud800",
                EnvironmentId = environmentIds[i % 6 % 2],
                Kind = (ResourceKind)(i % 4),
                ResourceId = resourceIds[i % 6],
                ResourceKey = $"{i}",
                Action = (AuditAction)(i % 5),
            };
            entries.Insert(0, entry);
            await Store.WriteAsync(async writer =>
            {
                await writer.AppendAsync(entry);
                return true;
            });
        }

        AuditFilter[] filters =
        [
            new(), new() { EnvironmentId = environmentIds[0] }, new() { ResourceId = resourceIds[1] }, new() { Kind = ResourceKind.Audience },
            new() { Action = AuditAction.Publish }, new() { Actor = "ada" }, new() { Actor = "\ud800" }, new() { Actor = "nobody" },
            new() { From = Samples.Time.AddMinutes(10) }, new() { Until = Samples.Time.AddMinutes(10) },
            new() { EnvironmentId = environmentIds[1], Actor = "Ada", From = Samples.Time.AddMinutes(5), Until = Samples.Time.AddMinutes(25) },
            new() { EnvironmentId = environmentIds[0], ResourceId = resourceIds[0], Action = AuditAction.Update },
            new() { EnvironmentId = environmentIds[1], ResourceId = resourceIds[0] },
            new() { EnvironmentId = environmentIds[1], ResourceId = resourceIds[0], Actor = "ada" },
        ];
        foreach (AuditFilter filter in filters)
        {
            string[] expected = [.. entries.Where(entry => Holds(filter, entry)).Select(static entry => entry.ResourceKey)];
            StorePage<AuditEntry> all = await Store.ReadAsync(reader => reader.ListAuditAsync(filter, PageRange.All));
            StorePage<AuditEntry> page = await Store.ReadAsync(reader => reader.ListAuditAsync(filter, new PageRange(2, 5)));

            Assert.Equal(expected, all.Items.Select(static entry => entry.ResourceKey));
            Assert.Equal(expected.Skip(2).Take(5), page.Items.Select(static entry => entry.ResourceKey));
            Assert.Equal((expected.Length, expected.Length), (all.Total, page.Total));
        }
    }

    private static IEnumerable<DefinitionFilter> Filters(Guid environmentId)
    {
        foreach (Guid? environment in new Guid?[] { null, environmentId, Guid.NewGuid() })
        {
            yield return new() { EnvironmentId = environment };
            yield return new() { EnvironmentId = environment, Tag = "tag" };
            yield return new() { EnvironmentId = environment, Tag = "TAG" };
            yield return new() { EnvironmentId = environment, Tag = "tag", IsArchived = false };
            yield return new() { EnvironmentId = environment, Search = "kEy-1" };
            yield return new() { EnvironmentId = environment, Search = "name OF" };
            yield return new() { EnvironmentId = environment, Search = "nothing has this" };
            yield return new() { EnvironmentId = environment, IsArchived = true };
            yield return new() { EnvironmentId = environment, Search = "key", Tag = "even", IsArchived = true };
        }
    }

    private static bool Holds(AuditFilter filter, AuditEntry entry) =>
        (filter.EnvironmentId is null || entry.EnvironmentId == filter.EnvironmentId)
        && (filter.ResourceId is null || entry.ResourceId == filter.ResourceId)
        && (filter.Kind is null || entry.Kind == filter.Kind)
        && (filter.Action is null || entry.Action == filter.Action)
        && (filter.Actor is null || entry.Actor == filter.Actor)
        && (filter.From is null || entry.At >= filter.From)
        && (filter.Until is null || entry.At < filter.Until);

    private async Task<string> TaggedAsync() =>
        Keys(await Store.ReadAsync(reader => reader.ListAsync<FlagDefinition>(new DefinitionFilter { Tag = "t" }, PageRange.All)));

    private static string Keys(StorePage<FlagDefinition> page) => string.Join(' ', page.Items.Select(static flag => flag.Key));
}
