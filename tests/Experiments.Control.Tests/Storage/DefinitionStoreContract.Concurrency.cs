using Experiments.Control.Definitions;
using Experiments.Control.Storage;

namespace Experiments.Control.Tests.Storage;

public abstract partial class DefinitionStoreContract
{
    [Fact]
    public async Task Write_32AtOnceReadAndRaiseOneExperiment_LoseNoUpdate()
    {
        ExperimentDefinition experiment = await Store.AddAsync(Samples.Experiment(Guid.NewGuid(), "counter") with { Description = "0" });

        await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() => RaiseAsync(experiment.Id, times: 4))));

        ExperimentDefinition? found = await Store.FindExperimentAsync(experiment.Id);
        Assert.Equal(("128", 129L), (found!.Description, found.Revision));
    }

    [Fact]
    public async Task Write_32AtOnceFromAnEarlierRead_EachWinsOnceOrConflicts()
    {
        ExperimentDefinition experiment = await Store.AddAsync(Samples.Experiment(Guid.NewGuid(), "counter"));
        int wins = 0;

        await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(async () =>
        {
            ExperimentDefinition? read = await Store.FindExperimentAsync(experiment.Id);
            try
            {
                await Store.UpdateAsync(read!);
                Interlocked.Increment(ref wins);
            }
            catch (StoreConflictException)
            {
            }
        })));

        Assert.Equal(1 + wins, (await Store.FindExperimentAsync(experiment.Id))!.Revision);
        Assert.InRange(wins, 1, 32);
    }

    [Fact]
    public async Task Write_32AtOnceInsertTheSameKey_OneWins()
    {
        Guid environmentId = Guid.NewGuid();

        ExperimentDefinition?[] stored = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(
            () => Store.WriteAsync(writer => writer.InsertAsync(Samples.Experiment(environmentId, "same"))))));

        Assert.Single(stored, experiment => experiment is not null);
        Assert.Equal("same", await KeysAsync(environmentId, null));
    }

    [Fact]
    public async Task Read_WhileOthersWrite_SeesOneStateOfEverything()
    {
        using CancellationTokenSource written = new();
        Task[] readers =
        [
            .. Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
            {
                do
                {
                    (long experiments, long audiences, int listed, long wanted) = await Store.ReadAsync(CountAsync);
                    Assert.Equal((experiments, experiments, experiments), (audiences, listed, wanted));
                }
                while (!written.IsCancellationRequested);
            })),
        ];

        for (int i = 0; i < 60; i++)
        {
            await Store.WriteAsync(async writer =>
            {
                await writer.InsertAsync(Samples.Experiment(_environmentId, $"e{i}"));
                await writer.RequestPublishAsync(_environmentId);
                return await writer.InsertAsync(Samples.Audience(_environmentId, $"a{i}"));
            });
        }

        await written.CancelAsync();
        await Task.WhenAll(readers);
    }

    // Awaits between its reads, so that writers get their chance to come between them.
    private async ValueTask<(long Experiments, long Audiences, int Listed, long Wanted)> CountAsync(IStoreReader reader)
    {
        long experiments = (await reader.ListAsync<ExperimentDefinition>(new DefinitionFilter { EnvironmentId = _environmentId }, new PageRange(0, 1))).Total;
        await Task.Yield();
        long audiences = (await reader.ListAsync<AudienceDefinition>(new DefinitionFilter(), new PageRange(0, 1))).Total;
        await Task.Yield();
        int listed = (await reader.ListAsync<ExperimentDefinition>(new DefinitionFilter { Status = ExperimentStatus.Draft }, PageRange.All)).Items.Count;
        await Task.Yield();
        return (experiments, audiences, listed, (await reader.GetPublishStateAsync(_environmentId)).Wanted);
    }

    private async Task RaiseAsync(Guid id, int times)
    {
        for (int i = 0; i < times; i++)
        {
            await Store.WriteAsync(async writer =>
            {
                ExperimentDefinition current = (await writer.FindAsync<ExperimentDefinition>(id))!;
                return await writer.UpdateAsync(current with { Description = $"{int.Parse(current.Description!) + 1}" });
            });
        }
    }
}
