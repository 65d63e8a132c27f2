using System.Net;
using System.Threading.RateLimiting;
using Experiments.Gateway.RateLimiting;
using Microsoft.Extensions.Time.Testing;

namespace Experiments.Gateway.Tests.RateLimiting;

public class ClientWindowTests
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(60);
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void AttemptAcquire_WithinTheWindow_CountsDownAndThenRefuses()
    {
        var window = new ClientWindow(permitLimit: 2, Length, _clock);

        Assert.Equal((true, 1), Acquire(window));
        Assert.Equal((true, 0), Acquire(window));
        Assert.Equal((false, 0), Acquire(window));
    }

    [Fact]
    public void AttemptAcquire_AtTheEndOfTheWindow_StartsANewOne()
    {
        var window = new ClientWindow(permitLimit: 1, Length, _clock);
        Acquire(window);

        _clock.Advance(Length - TimeSpan.FromTicks(1));
        Assert.Equal((false, 0), Acquire(window));
        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal((true, 0), Acquire(window));
        _clock.Advance(Length - TimeSpan.FromTicks(1));
        Assert.Equal((false, 0), Acquire(window));
    }

    [Theory]
    [InlineData(0, 60)]
    [InlineData(0.001, 60)]
    [InlineData(1, 59)]
    [InlineData(58.5, 2)]
    [InlineData(59.999, 1)]
    [InlineData(60, 60)]
    public void ResetAfterSeconds_IsRoundedUp(double elapsedSeconds, long expected)
    {
        var window = new ClientWindow(permitLimit: 5, Length, _clock);
        _clock.Advance(TimeSpan.FromSeconds(elapsedSeconds));

        Assert.Equal(expected, ((ClientWindowLease)window.AttemptAcquire()).ResetAfterSeconds);
    }

    [Fact]
    public void AttemptAcquire_ManyThreads_ExactlyTheLimitPassesInEveryWindow()
    {
        var window = new ClientWindow(permitLimit: 300, Length, _clock);
        for (int round = 0; round < 20; round++)
        {
            int[] remaining = new int[1000];

            Parallel.For(0, remaining.Length, new ParallelOptions { MaxDegreeOfParallelism = 16 }, i =>
            {
                var lease = (ClientWindowLease)window.AttemptAcquire();
                remaining[i] = lease.IsAcquired ? lease.Remaining : -1;
            });

            // Each permit was given once, and each caller was told its own.
            Assert.Equal(Enumerable.Range(0, 300), remaining.Where(left => left >= 0).Order());
            _clock.Advance(Length);
        }
    }

    [Fact]
    public void IdleDuration_CountsFromTheEndOfTheWindow()
    {
        var window = new ClientWindow(permitLimit: 1, Length, _clock);

        Assert.Null(window.IdleDuration);
        _clock.Advance(Length);
        Assert.Null(window.IdleDuration);
        _clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(TimeSpan.FromSeconds(3), window.IdleDuration);
    }

    [Fact]
    public async Task Partitions_OfClientsThatAreGone_AreDropped()
    {
        const int Clients = 100_000;
        using var windows = new Windows(_clock);
        windows.Ask(Clients);
        windows.Ask(Clients);
        Assert.Equal(Clients, windows.Created);

        _clock.Advance(Length + TimeSpan.FromSeconds(11));

        await Eventually.HoldsAsync(
            () => windows.CountAlive() == 0, "every window is collected", state: () => $"alive: {windows.CountAlive()}");
    }

    private static (bool IsAcquired, int Remaining) Acquire(ClientWindow window)
    {
        var lease = (ClientWindowLease)window.AttemptAcquire();
        return (lease.IsAcquired, lease.Remaining);
    }

    /// <summary>Partitions made like the product's that also remember, weakly, every window they were given.</summary>
    private sealed class Windows : IDisposable
    {
        private readonly List<WeakReference> _created = [];
        private readonly PartitionedRateLimiter<IPAddress> _limiter;

        public Windows(TimeProvider clock) => _limiter = PartitionedRateLimiter.Create<IPAddress, IPAddress>(client =>
            RateLimitPartition.Get(client, _ =>
            {
                var window = new ClientWindow(permitLimit: 2, Length, clock);
                _created.Add(new WeakReference(window));
                return window;
            }));

        public int Created => _created.Count;

        public void Ask(int clients)
        {
            for (int i = 0; i < clients; i++)
            {
                Assert.True(_limiter.AttemptAcquire(new IPAddress(0x0A000000L + i)).IsAcquired);
            }
        }

        public int CountAlive()
        {
            GC.Collect();
            return _created.Count(window => window.IsAlive);
        }

        public void Dispose() => _limiter.Dispose();
    }
}
