using Experiments.Control.Definitions;
using Experiments.Control.Storage;
using Experiments.Control.Storage.LiteDb;

namespace Experiments.Control.Tests.Storage.LiteDb;

public sealed class LiteDbManyExperimentsTests : IDisposable
{
    private const int Count = 10_000;
    private const int PageSize = 100;

    private readonly TempDirectory _directory = new();
    private readonly Guid[] _environmentIds = [Guid.NewGuid(), Guid.NewGuid()];

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task ListExperiments_TenThousandOverARestart_EveryFilterPagesThroughAllOnce()
    {
        ExperimentDefinition[] all = await InsertAsync();
        await using LiteDbDefinitionStore store = new(_directory.Path);

        await AssertPagesAsync(store, null, null, all);
        await AssertPagesAsync(store, _environmentIds[1], null, all.Where(item => item.EnvironmentId == _environmentIds[1]));
        await AssertPagesAsync(store, null, ExperimentStatus.Paused, all.Where(item => item.Status == ExperimentStatus.Paused));
        await AssertPagesAsync(
            store,
            _environmentIds[0],
            ExperimentStatus.Draft,
            all.Where(item => item.EnvironmentId == _environmentIds[0] && item.Status == ExperimentStatus.Draft));
        IReadOnlyList<ExperimentDefinition> ofOne = await store.ReadAsync(reader => reader.GetAllAsync<ExperimentDefinition>(_environmentIds[1]));
        Assert.Equal(all.Where(item => item.EnvironmentId == _environmentIds[1]).Select(item => item.Id), ofOne.Select(item => item.Id));
    }

    private async Task<ExperimentDefinition[]> InsertAsync()
    {
        await using LiteDbDefinitionStore store = new(_directory.Path);
        return await store.WriteAsync(async writer =>
        {
            ExperimentDefinition[] stored = new ExperimentDefinition[Count];
            for (int i = 0; i < Count; i++)
            {
                ExperimentDefinition given = Samples.Experiment(
                    _environmentIds[i % 2], $"e{i}", (ExperimentStatus)(i / 2 % 4), Samples.Time.AddMilliseconds(i * 7919 % 1000));
                stored[i] = (await writer.InsertAsync(given))!;
            }

            return stored;
        });
    }

    private static async Task AssertPagesAsync(
        LiteDbDefinitionStore store, Guid? environmentId, ExperimentStatus? status, IEnumerable<ExperimentDefinition> expected)
    {
        Guid[] ids =
        [
            .. expected.OrderByDescending(item => item.CreatedAt).ThenByDescending(item => item.Sequence).Select(item => item.Id),
        ];
        List<Guid> paged = [];
        for (int skip = 0; skip < ids.Length; skip += PageSize)
        {
            PageRange range = new(skip, PageSize);
            StorePage<ExperimentDefinition> page = await store.ListExperimentsAsync(environmentId, status, range);
            Assert.Equal(ids.Length, page.Total);
            paged.AddRange(page.Items.Select(item => item.Id));
        }

        Assert.Equal(ids, paged);
    }
}
