using System.Threading.RateLimiting;

namespace Experiments.Gateway.RateLimiting;

/// <summary>
/// One client's fixed window. The library's <see cref="FixedWindowRateLimiter"/> does not tell when its window ends, which every
/// answer has to say, and cannot be asked for permits left in the same step; this one hands out both with the permit.
/// </summary>
internal sealed class ClientWindow(int permitLimit, TimeSpan length, TimeProvider clock) : RateLimiter
{
    private readonly Lock _gate = new();
    private long _startedAt = clock.GetTimestamp();
    private int _used;

    /// <summary>
    /// Since the window ended. Before that the permits used must be remembered; after it, a new instance is as good as this one, so
    /// <see cref="PartitionedRateLimiter"/> drops a client that has been idle for 10 s and memory follows the clients of one window.
    /// </summary>
    public override TimeSpan? IdleDuration
    {
        get
        {
            // Without the gate: the library reads this of every client ten times a second.
            TimeSpan idle = clock.GetElapsedTime(Volatile.Read(ref _startedAt)) - length;
            return idle > TimeSpan.Zero ? idle : null;
        }
    }

    public override RateLimiterStatistics? GetStatistics() => null;

    protected override RateLimitLease AttemptAcquireCore(int permitCount)
    {
        lock (_gate)
        {
            long now = clock.GetTimestamp();
            TimeSpan elapsed = clock.GetElapsedTime(_startedAt, now);
            if (elapsed >= length)
            {
                Volatile.Write(ref _startedAt, now);
                _used = 0;
                elapsed = TimeSpan.Zero;
            }

            bool isAcquired = permitCount <= permitLimit - _used;
            _used += isAcquired ? permitCount : 0;
            return new ClientWindowLease(isAcquired, permitLimit - _used, length - elapsed);
        }
    }

    protected override ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken) =>
        ValueTask.FromResult(AttemptAcquireCore(permitCount));
}
