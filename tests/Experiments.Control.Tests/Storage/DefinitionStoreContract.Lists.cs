using Experiments.Control.Definitions;
using Experiments.Control.Storage;

namespace Experiments.Control.Tests.Storage;

public abstract partial class DefinitionStoreContract
{
    [Fact]
    public async Task ListExperiments_EveryFilter_AnswersThatPartNewestFirst()
    {
        (Guid a, Guid b) = (Guid.NewGuid(), Guid.NewGuid());
        await Store.AddAsync(Samples.Experiment(a, "a1", ExperimentStatus.Running));
        await Store.AddAsync(Samples.Experiment(b, "b1", ExperimentStatus.Running, Samples.Time.AddTicks(5)));
        await Store.AddAsync(Samples.Experiment(a, "a2"));
        await Store.AddAsync(Samples.Experiment(a, "a3", ExperimentStatus.Running));
        await Store.AddAsync(Samples.Experiment(a, "a0", ExperimentStatus.Running, Samples.Time.AddTicks(-5)));

        Assert.Equal("b1 a3 a2 a1 a0", await KeysAsync(null, null));
        Assert.Equal("a3 a2 a1 a0", await KeysAsync(a, null));
        Assert.Equal("b1 a3 a1 a0", await KeysAsync(null, ExperimentStatus.Running));
        Assert.Equal("a3 a1 a0", await KeysAsync(a, ExperimentStatus.Running));
        Assert.Equal("a2", await KeysAsync(a, ExperimentStatus.Draft));
        Assert.Equal("", await KeysAsync(a, ExperimentStatus.Archived));
        Assert.Equal("", await KeysAsync(Guid.NewGuid(), null));
    }

    [Fact]
    public async Task ListExperiments_AfterStatusChangeAndDelete_FollowsThem()
    {
        Guid environmentId = Guid.NewGuid();
        ExperimentDefinition moves = await Store.AddAsync(Samples.Experiment(environmentId, "moves"));
        ExperimentDefinition leaves = await Store.AddAsync(Samples.Experiment(environmentId, "leaves"));

        await Store.UpdateAsync(moves with { Status = ExperimentStatus.Running });
        await Store.DeleteAsync(leaves);

        Assert.Equal("moves", await KeysAsync(environmentId, ExperimentStatus.Running));
        Assert.Equal("moves", await KeysAsync(null, ExperimentStatus.Running));
        Assert.Equal("", await KeysAsync(environmentId, ExperimentStatus.Draft));
        Assert.Equal("", await KeysAsync(null, ExperimentStatus.Draft));
        Assert.Equal("moves", await KeysAsync(environmentId, null));
        Assert.Equal("moves", await KeysAsync(null, null));
    }

    [Fact]
    public async Task ListExperiments_EveryPageOfManyWithTies_AnswersEachOnceInOrder()
    {
        Guid environmentId = Guid.NewGuid();
        await Store.WriteAsync(async writer =>
        {
            for (int i = 0; i < 53; i++)
            {
                DateTimeOffset createdAt = Samples.Time.AddSeconds(i / 7);
                await writer.InsertAsync(Samples.Experiment(environmentId, $"e{i}", (ExperimentStatus)(i % 2), createdAt));
            }

            return true;
        });

        foreach (ExperimentStatus? status in new ExperimentStatus?[] { null, ExperimentStatus.Running })
        {
            await AssertPagesAsync(null, status);
            await AssertPagesAsync(environmentId, status);
        }
    }

    [Fact]
    public async Task GetAll_OneEnvironment_AnswersAllInInsertionOrderWhateverTheirTimes()
    {
        Guid environmentId = Guid.NewGuid();
        await Store.AddAsync(Samples.Experiment(environmentId, "1", ExperimentStatus.Running, Samples.Time.AddDays(2)));
        await Store.AddAsync(Samples.Experiment(environmentId, "2", ExperimentStatus.Running, Samples.Time));
        await Store.AddAsync(Samples.Experiment(Guid.NewGuid(), "elsewhere", ExperimentStatus.Running));
        await Store.AddAsync(Samples.Experiment(environmentId, "3", ExperimentStatus.Running, Samples.Time.AddDays(1)));

        for (int i = 0; i < 2; i++)
        {
            IReadOnlyList<ExperimentDefinition> all = await Store.ReadAsync(reader => reader.GetAllAsync<ExperimentDefinition>(environmentId));

            Assert.Equal(["1", "2", "3"], all.Select(experiment => experiment.Key));
        }
    }

    private async Task AssertPagesAsync(Guid? environmentId, ExperimentStatus? status)
    {
        IReadOnlyList<ExperimentDefinition> all = (await Store.ListExperimentsAsync(environmentId, status)).Items;
        Assert.NotEmpty(all);
        Assert.Equal(all.OrderByDescending(item => item.CreatedAt).ThenByDescending(item => item.Sequence), all);
        List<Guid> paged = [];
        for (long skip = 0; skip <= all.Count + 10; skip += 10)
        {
            StorePage<ExperimentDefinition> page = await Store.ListExperimentsAsync(environmentId, status, new PageRange(skip, 10));
            Assert.Equal(all.Count, page.Total);
            paged.AddRange(page.Items.Select(item => item.Id));
        }

        Assert.Equal(all.Select(item => item.Id), paged);
    }

    private async Task<string> KeysAsync(Guid? environmentId, ExperimentStatus? status)
    {
        StorePage<ExperimentDefinition> page = await Store.ListExperimentsAsync(environmentId, status);
        Assert.Equal(page.Items.Count, page.Total);
        return string.Join(' ', page.Items.Select(experiment => experiment.Key));
    }
}
