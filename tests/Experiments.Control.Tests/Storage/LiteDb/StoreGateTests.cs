using Experiments.Control.Storage.LiteDb;

namespace Experiments.Control.Tests.Storage.LiteDb;

public sealed class StoreGateTests
{
    private readonly StoreGate _gate = new();

    [Fact]
    public void EnterRead_NoWriter_ManyGoIn()
    {
        for (int i = 0; i < StoreGate.MaxReaders; i++)
        {
            Assert.True(Read().IsCompleted);
        }

        Assert.False(Read().IsCompleted);
    }

    [Fact]
    public async Task ExitRead_OneTooManyWaits_GoesIn()
    {
        Task[] readers = [.. Enumerable.Range(0, StoreGate.MaxReaders + 1).Select(_ => Read())];

        _gate.ExitRead();

        await readers[^1];
    }

    [Fact]
    public async Task EnterWrite_ReaderInside_WaitsUntilTheLastIsOut()
    {
        await Read();
        await Read();
        Task writer = Write();

        _gate.ExitRead();
        Assert.False(writer.IsCompleted);
        _gate.ExitRead();
        await writer;
    }

    [Fact]
    public async Task EnterRead_WriterWaits_GoesAfterIt()
    {
        await Read();
        Task writer = Write();
        Task reader = Read();

        _gate.ExitRead();
        await writer;
        Assert.False(reader.IsCompleted);
        _gate.ExitWrite();
        await reader;
    }

    [Fact]
    public async Task ExitWrite_ReadersAndWritersWait_AllReadersGoBeforeTheNextWriter()
    {
        await Write();
        Task secondWriter = Write();
        Task[] readers = [Read(), Read(), Read()];

        _gate.ExitWrite();
        await Task.WhenAll(readers);
        Assert.False(secondWriter.IsCompleted);
        foreach (Task _ in readers)
        {
            _gate.ExitRead();
        }

        await secondWriter;
    }

    [Fact]
    public async Task Cancel_WaitingWriter_LetsTheReadersBehindItIn()
    {
        using CancellationTokenSource cancellation = new();
        await Read();
        Task writer = _gate.EnterWriteAsync(cancellation.Token);
        Task reader = Read();

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writer);
        await reader;
    }

    [Fact]
    public async Task Cancel_AlreadyInside_StaysInside()
    {
        using CancellationTokenSource cancellation = new();
        await Write();
        Task second = _gate.EnterWriteAsync(cancellation.Token);
        _gate.ExitWrite();

        await cancellation.CancelAsync();

        await second;
        Assert.False(Read().IsCompleted);
    }

    private Task Read() => _gate.EnterReadAsync(CancellationToken.None);

    private Task Write() => _gate.EnterWriteAsync(CancellationToken.None);
}
