using Experiments.Client.Sources;
using Experiments.Decide.Endpoints.Environments;
using Experiments.Decide.Tests.Support;

namespace Experiments.Decide.Tests.Environments;

public sealed class BoundedSourceTests
{
    private const string Key = "configs/prod/version.json";

    [Fact]
    public async Task ReadAsync_WaitingInLine_IsNotTheStoresSilence()
    {
        var inner = new FakeSource();
        inner.Hang();
        using var source = new BoundedSource(inner, maxReads: 1);
        Task first = source.ReadAsync(Key, etag: null, 1_000, CancellationToken.None).AsTask();
        int signs = 0;
        Task second = source.ReadAsync(Key, etag: null, 1_000, () => Interlocked.Increment(ref signs), CancellationToken.None).AsTask();
        await Eventually.HoldsAsync(() => Volatile.Read(ref signs) > 0, "a sign of life");
        Assert.Equal(1, inner.Reads);
        inner.Release();
        await Task.WhenAll(first, second).WaitAsync(Eventually.DefaultWithin);
        Assert.Equal(2, inner.Reads);
    }

    [Fact]
    public async Task ReadAsync_CancelledInLine_EndsAtOnceAndFreesNothing()
    {
        var inner = new FakeSource();
        inner.Hang();
        using var source = new BoundedSource(inner, maxReads: 1);
        Task first = source.ReadAsync(Key, etag: null, 1_000, CancellationToken.None).AsTask();
        using var cancellation = new CancellationTokenSource();
        Task second = source.ReadAsync(Key, etag: null, 1_000, () => { }, cancellation.Token).AsTask();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second.WaitAsync(Eventually.DefaultWithin));
        inner.Release();
        await first.WaitAsync(Eventually.DefaultWithin);
        await source.ReadAsync(Key, etag: null, 1_000, () => { }, CancellationToken.None);
        Assert.Equal(1, inner.MostUnderWay);
    }
}
