using Experiments.Control.Definitions;
using Experiments.Control.Storage;
using Experiments.Control.Storage.LiteDb;

namespace Experiments.Control.Tests.Storage.LiteDb;

public sealed class LiteDbTransactionTests : IAsyncLifetime
{
    private readonly TempDirectory _directory = new();
    private readonly LiteDbDefinitionStore _store;

    public LiteDbTransactionTests() => _store = new LiteDbDefinitionStore(_directory.Path);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Write_DelegateAwaitsSomethingElse_IsRefusedAndUndone()
    {
        TaskCompletionSource elsewhere = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource<Exception?> late = new();

        InvalidOperationException refused = await Assert.ThrowsAsync<InvalidOperationException>(() => _store.WriteAsync(async writer =>
        {
            await writer.InsertAsync(Samples.Environment("before"));
            await elsewhere.Task;
            Exception? exception = await Record.ExceptionAsync(async () => await writer.InsertAsync(Samples.Environment("after")));
            late.SetResult(exception);
            return true;
        }));

        Assert.Contains("must not await", refused.Message, StringComparison.Ordinal);
        elsewhere.SetResult();
        Assert.IsType<InvalidOperationException>(await late.Task);
        Assert.Equal(0, (await _store.ListEnvironmentsAsync()).Total);
        await _store.AddEnvironmentAsync("works");
    }

    [Fact]
    public async Task Write_WriterIsUsedOnAnotherThread_IsRefused()
    {
        await _store.WriteAsync(writer =>
        {
            Exception? exception = Task.Factory.StartNew(
                () => Record.ExceptionAsync(async () => await writer.InsertAsync(Samples.Environment("elsewhere"))),
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default).Unwrap().GetAwaiter().GetResult();
            Assert.IsType<InvalidOperationException>(exception);
            return ValueTask.FromResult(true);
        });

        Assert.Equal(0, (await _store.ListEnvironmentsAsync()).Total);
    }

    [Fact]
    public async Task ReadAndWrite_UsedAfterTheEnd_AreRefused()
    {
        IStoreReader reader = await _store.ReadAsync(ValueTask.FromResult);
        IStoreWriter writer = await _store.WriteAsync(ValueTask.FromResult);

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await reader.GetUnpublishedAsync());
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await writer.InsertAsync(Samples.Environment("late")));
    }

    [Fact]
    public async Task ReadAndWrite_InsideAnother_AreRefused()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => _store.ReadAsync(async _ => await _store.ListEnvironmentsAsync()));
        await Assert.ThrowsAsync<InvalidOperationException>(() => _store.ReadAsync(async _ => await _store.AddEnvironmentAsync("a")));
        await Assert.ThrowsAsync<InvalidOperationException>(() => _store.WriteAsync(async _ => await _store.AddEnvironmentAsync("a")));
        await Assert.ThrowsAsync<InvalidOperationException>(() => _store.WriteAsync(async _ => await _store.ListEnvironmentsAsync()));
        await _store.AddEnvironmentAsync("works");
    }

    [Fact]
    public async Task Write_StartedInsideAnotherButRunningAfterIt_Works()
    {
        TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<EnvironmentDefinition>? later = null;
        await _store.WriteAsync(writer =>
        {
            later = Task.Run(async () =>
            {
                await ended.Task;
                return await _store.AddEnvironmentAsync("later");
            });
            return ValueTask.FromResult(true);
        });

        ended.SetResult();

        Assert.Equal("later", (await later!).Name);
    }

    [Fact]
    public async Task Write_ManyFailBetweenManyThatSucceed_KeepsExactlyThese()
    {
        Guid environmentId = Guid.NewGuid();
        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(async () =>
        {
            Exception? exception = await Record.ExceptionAsync(() => _store.WriteAsync(async writer =>
            {
                ExperimentDefinition? stored = await writer.InsertAsync(
                    Samples.Experiment(environmentId, $"{i}") with { Description = new string('x', i * 100) });
                return i % 2 == 0 ? stored : throw new InvalidDataException();
            }));
            Assert.Equal(i % 2 == 1, exception is InvalidDataException);
        })));

        await _store.DisposeAsync();
        await using LiteDbDefinitionStore again = new(_directory.Path);
        StorePage<ExperimentDefinition> all = await again.ListExperimentsAsync(environmentId);
        Assert.Equal(Enumerable.Range(0, 100).Select(i => i * 2), all.Items.Select(experiment => int.Parse(experiment.Key)).Order());
        Assert.Equal(100, all.Total);
    }
}
