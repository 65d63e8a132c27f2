namespace Experiments.EndToEnd.Tests.Faults.Support;

/// <summary>How long nothing ran at all, so that a slow answer of the machine is not taken for one of the product: a thread of its own asks to be woken after a
/// millisecond, again and again, and notes by how much it was late. A full garbage collection of this process holds it up too, and work of this process waits
/// for a thread of its pool, which are told apart.</summary>
internal sealed class Standstills : IDisposable
{
    private const int WaitMs = 1;

    private readonly Thread _thread;
    private readonly ManualResetEvent _isOver = new(initialState: false);
    private long _longestTicks;
    private long _longestQueuedTicks;
    private int _isQueued;
    private TimeSpan _collected = GC.GetTotalPauseDuration();

    public Standstills()
    {
        _thread = new Thread(Watch) { IsBackground = true, Priority = ThreadPriority.Highest };
        _thread.Start();
    }

    /// <summary>What was seen since the last call. Not thread-safe.</summary>
    /// <returns>The longest standstill, the longest wait for a thread of the pool, and all pauses of this process's garbage collector, in milliseconds.</returns>
    public (double LongestMs, double LongestQueuedMs, double CollectingMs) Take()
    {
        TimeSpan collected = GC.GetTotalPauseDuration();
        TimeSpan collecting = collected - _collected;
        _collected = collected;
        return (
            Rounded(TimeSpan.FromTicks(Interlocked.Exchange(ref _longestTicks, 0))), Rounded(TimeSpan.FromTicks(Interlocked.Exchange(ref _longestQueuedTicks, 0))),
            Rounded(collecting));
    }

    public void Dispose()
    {
        _isOver.Set();
        _thread.Join();
        _isOver.Dispose();
    }

    private void Watch()
    {
        for (long start = TimeProvider.System.GetTimestamp(); !_isOver.WaitOne(WaitMs); start = TimeProvider.System.GetTimestamp())
        {
            long late = TimeProvider.System.GetElapsedTime(start).Ticks - (WaitMs * TimeSpan.TicksPerMillisecond);
            Note(ref _longestTicks, late);
            if (Interlocked.Exchange(ref _isQueued, 1) == 0)
            {
                long queued = TimeProvider.System.GetTimestamp();
                ThreadPool.UnsafeQueueUserWorkItem(
                    _ =>
                    {
                        Note(ref _longestQueuedTicks, TimeProvider.System.GetElapsedTime(queued).Ticks);
                        Volatile.Write(ref _isQueued, 0);
                    },
                    state: null);
            }
        }
    }

    private static void Note(ref long longest, long ticks)
    {
        if (ticks > Interlocked.Read(ref longest))
        {
            Interlocked.Exchange(ref longest, ticks);
        }
    }

    private static double Rounded(TimeSpan time) => Math.Round(time.TotalMilliseconds, 1);
}
