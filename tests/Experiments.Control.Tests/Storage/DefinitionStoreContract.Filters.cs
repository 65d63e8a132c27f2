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
                Reason = i % 5 == 0 ? null : i % 5 == 1 ? $"{new string('x', 1000)} Spring SALE {i}" : "Änderung",
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
            new() { Search = "ADA" }, new() { Search = "7" }, new() { Search = "spring sale" }, new() { Search = "ÄNDERUNG" }, new() { Search = "\ud800" },
            new() { Search = new string('X', 999) }, new() { Search = "nobody said this" }, new() { EnvironmentId = environmentIds[0], Search = "sale" },
            new() { ResourceId = resourceIds[1], Search = "sale" }, new() { Search = "sale", Actor = "Ada", Action = AuditAction.Update },
            new() { EnvironmentId = environmentIds[1], ResourceId = resourceIds[0] },
            new() { EnvironmentId = environmentIds[1], ResourceId = resourceIds[0], Actor = "ada" },
        ];
        for (int i = 0; i < 2 * filters.Length; i++)
        {
            if (i == filters.Length)
            {
                // From here on what was appended meanwhile, undone and read again after a restart.
                await AppendAsync(entries);
                await ReopenAsync();
            }

            AuditFilter filter = filters[i % filters.Length];
            string[] expected = [.. entries.Where(entry => Holds(filter, entry)).Select(static entry => entry.ResourceKey)];
            StorePage<AuditEntry> all = await Store.ReadAsync(reader => reader.ListAuditAsync(filter, PageRange.All));
            StorePage<AuditEntry> page = await Store.ReadAsync(reader => reader.ListAuditAsync(filter, new PageRange(2, 5)));

            Assert.Equal(expected, all.Items.Select(static entry => entry.ResourceKey));
            Assert.Equal(expected.Skip(2).Take(5), page.Items.Select(static entry => entry.ResourceKey));
            Assert.Equal((expected.Length, expected.Length), (all.Total, page.Total));
        }
    }

    [Fact]
    public async Task ListTags_OfEachKind_AreThoseThatSomethingHasInOrderAndOnce()
    {
        Guid environmentId = (await Store.AddEnvironmentAsync("prod")).Id;
        Guid otherId = (await Store.AddEnvironmentAsync("other")).Id;
        FlagDefinition flag = (await Store.WriteAsync(writer => writer.InsertAsync(Samples.Flag(environmentId, "a") with { Tags = ["z", "B"] })))!;
        await Store.WriteAsync(writer => writer.InsertAsync(Samples.Flag(environmentId, "b") with { Tags = ["a", "z"] }));
        await Store.AddAsync(Samples.Experiment(environmentId, "c") with { Tags = ["growth"] });
        Assert.Equal("B a z", await TagsAsync<FlagDefinition>(environmentId));
        Assert.Equal("growth", await TagsAsync<ExperimentDefinition>(environmentId));
        Assert.Equal("", await TagsAsync<FlagDefinition>(otherId));

        await Assert.ThrowsAsync<InvalidDataException>(() => Store.WriteAsync<bool>(async writer =>
        {
            await writer.InsertAsync(Samples.Flag(environmentId, "never") with { Tags = ["never"] });
            Assert.Contains("never", await writer.ListTagsAsync<FlagDefinition>(environmentId));
            throw new InvalidDataException();
        }));
        Assert.Equal("B a z", await TagsAsync<FlagDefinition>(environmentId));

        flag = (await Store.WriteAsync(writer => writer.UpdateAsync(flag with { Tags = ["new"] })))!;
        Assert.Equal("a new z", await TagsAsync<FlagDefinition>(environmentId));
        await Store.WriteAsync(async writer =>
        {
            await writer.DeleteAsync(flag);
            return true;
        });
        Assert.Equal("a z", await TagsAsync<FlagDefinition>(environmentId));
        await ReopenAsync();
        Assert.Equal("a z", await TagsAsync<FlagDefinition>(environmentId));

        async Task<string> TagsAsync<T>(Guid id)
            where T : class, IDefinition => string.Join(' ', await Store.ReadAsync(reader => reader.ListTagsAsync<T>(id)));
    }

    [Fact]
    public async Task List_ByEachColumnBothWays_OrdersAllAndCutsThePageFromIt()
    {
        Guid environmentId = (await Store.AddEnvironmentAsync("prod")).Id;
        string[] names = ["beta", "Alpha", "alpha", "Ähre", "gamma", "beta"];
        for (int i = 0; i < names.Length; i++)
        {
            await Store.WriteAsync(writer => writer.InsertAsync(Samples.Flag(environmentId, $"f{i}", Samples.Time.AddSeconds(i / 2)) with
            {
                Name = names[i],
                IsEnabled = i % 2 == 0,
                IsArchived = i == 4,
                UpdatedAt = Samples.Time.AddHours(i * 5 % 6),
            }));
            await Store.AddAsync(Samples.Experiment(environmentId, $"e{i}", (ExperimentStatus)(i % 4), Samples.Time.AddSeconds(i)));
        }

        Assert.Equal("f5 f4 f3 f2 f1 f0", await OrderAsync<FlagDefinition>(DefinitionColumn.Created, isDescending: true));
        Assert.Equal("f0 f1 f2 f3 f4 f5", await OrderAsync<FlagDefinition>(DefinitionColumn.Created, isDescending: false));

        // In any case; what is equal then by its key.
        Assert.Equal("f1 f2 f0 f5 f4 f3", await OrderAsync<FlagDefinition>(DefinitionColumn.Name, isDescending: false));
        Assert.Equal("f3 f4 f0 f5 f1 f2", await OrderAsync<FlagDefinition>(DefinitionColumn.Name, isDescending: true));

        // On, off, archived; what is equal then newest first, both ways.
        Assert.Equal("f2 f0 f5 f3 f1 f4", await OrderAsync<FlagDefinition>(DefinitionColumn.State, isDescending: false));
        Assert.Equal("f4 f5 f3 f1 f2 f0", await OrderAsync<FlagDefinition>(DefinitionColumn.State, isDescending: true));
        Assert.Equal("e4 e0 e5 e1 e2 e3", await OrderAsync<ExperimentDefinition>(DefinitionColumn.State, isDescending: false));
        Assert.Equal("e3 e2 e5 e1 e4 e0", await OrderAsync<ExperimentDefinition>(DefinitionColumn.State, isDescending: true));

        Assert.Equal("f0 f5 f4 f3 f2 f1", await OrderAsync<FlagDefinition>(DefinitionColumn.Updated, isDescending: false));
        Assert.Equal("f1 f2 f3 f4 f5 f0", await OrderAsync<FlagDefinition>(DefinitionColumn.Updated, isDescending: true));

        async Task<string> OrderAsync<T>(DefinitionColumn column, bool isDescending)
            where T : class, IDefinition
        {
            DefinitionFilter filter = new() { EnvironmentId = environmentId, Order = new DefinitionOrder(column, isDescending) };
            List<string> paged = [];
            for (int skip = 0; skip < names.Length; skip += 4)
            {
                StorePage<T> page = await Store.ReadAsync(reader => reader.ListAsync<T>(filter, new PageRange(skip, 4)));
                Assert.Equal(names.Length, page.Total);
                paged.AddRange(page.Items.Select(static one => one.UniqueName));
            }

            return string.Join(' ', paged);
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
        && (filter.Search is null || new[] { entry.ResourceKey, entry.Actor, entry.Reason }.Any(
            text => text?.Contains(filter.Search, StringComparison.OrdinalIgnoreCase) == true))
        && (filter.From is null || entry.At >= filter.From)
        && (filter.Until is null || entry.At < filter.Until);

    private async Task AppendAsync(List<AuditEntry> entries)
    {
        AuditEntry entry = entries[0] with { ResourceKey = "7 later", Actor = "Later", Reason = "A later SALE", At = entries[0].At };
        await Assert.ThrowsAsync<InvalidDataException>(() => Store.WriteAsync<bool>(async writer =>
        {
            await writer.AppendAsync(entry with { ResourceKey = "undone" });
            throw new InvalidDataException();
        }));
        await Store.WriteAsync(async writer =>
        {
            await writer.AppendAsync(entry);
            return true;
        });
        entries.Insert(0, entry);
        Assert.Equal("7 later", (await Store.ReadAsync(reader => reader.ListAuditAsync(new AuditFilter { Search = "LATER" }, PageRange.All))).Items[0].ResourceKey);
    }

    private async Task<string> TaggedAsync() =>
        Keys(await Store.ReadAsync(reader => reader.ListAsync<FlagDefinition>(new DefinitionFilter { Tag = "t" }, PageRange.All)));

    private static string Keys(StorePage<FlagDefinition> page) => string.Join(' ', page.Items.Select(static flag => flag.Key));
}
